"""Account IDs: their format, where a distribution has them, and which accounts receive an AMI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from distui.core.pointers import items_at, value_at

_ACCOUNT_ID = re.compile(r"[0-9]{12}", re.ASCII)
_TARGETS = "/amiDistributionConfiguration/targetAccountIds"
_PERMISSION = "/amiDistributionConfiguration/launchPermission"
_LISTS = (_TARGETS, f"{_PERMISSION}/userIds")
_GROUPS = ("organizationArns", "organizationalUnitArns")
# The lists of a distribution that have an account in each row, and its member's name.
ACCOUNT_MEMBERS = {
    "launchTemplateConfigurations": "accountId",
    "fastLaunchConfigurations": "accountId",
    "ssmParameterConfigurations": "amiAccountId",
}


def is_account_id(text: str) -> bool:
    """Return True if the text is an account ID: 12 digits."""
    return bool(_ACCOUNT_ID.fullmatch(text))


def iter_account_ids(distribution: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the pointer and the text of each account ID in a well-typed distribution."""
    for accounts in _LISTS:
        yield from items_at(distribution, accounts)
    for rows in ACCOUNT_MEMBERS:
        yield from iter_row_accounts(distribution, f"/{rows}")


def iter_row_accounts(distribution: dict[str, Any], rows: str) -> Iterator[tuple[str, str]]:
    """Yield the pointer and the text of the account ID in each row of the list at ``rows``."""
    member = ACCOUNT_MEMBERS[rows[1:]]
    for pointer, row in items_at(distribution, rows):
        if member in row:
            yield f"{pointer}/{member}", row[member]


def is_shared(distribution: dict[str, Any], own_account: str = "", *, public: bool = True) -> bool:
    """Return True if accounts other than our own get the AMI or may launch it.

    With ``public=False``, a permission for everyone doesn't count.
    """
    permission = value_at(distribution, _PERMISSION, {})
    if any(permission.get(name) for name in _GROUPS) or (public and permission.get("userGroups")):
        return True
    return any(
        account not in (own_account, "")
        for accounts in _LISTS
        for account in value_at(distribution, accounts, ())
    )


def foreign_accounts(distribution: dict[str, Any], accounts: str, own_account: str) -> set[str]:
    """Return the accounts in the list at the pointer, without our own."""
    return set(value_at(distribution, accounts, ())) - {own_account, ""}


def accounts_without_ami(
    distribution: dict[str, Any], rows: str, own_account: str, *, launching: bool
) -> Iterator[tuple[str, str]]:
    """Yield the rows' accounts that get no AMI in this Region: neither targets nor our own.

    With ``launching``, accounts with launch permission count too: they can use the AMI as well. An
    account may be in an organization or OU, and a public AMI is for all: then none is yielded.
    """
    receivers = {own_account, *value_at(distribution, _TARGETS, ())}
    permission = value_at(distribution, _PERMISSION, {}) if launching else {}
    if any(permission.get(name) for name in _GROUPS) or "all" in permission.get("userGroups", ()):
        return
    receivers.update(permission.get("userIds", ()))
    for pointer, account in iter_row_accounts(distribution, rows):
        if is_account_id(account) and account not in receivers:
            yield pointer, account


def without_own_account(distribution: dict[str, Any], own_account: str) -> dict[str, Any]:
    """Return the distribution with ``""`` for our own account in its rows, and no copy for it."""
    if not own_account:
        return distribution
    ami = distribution.get("amiDistributionConfiguration", {})
    changed = {
        rows: [
            row | {member: ""} if row.get(member) == own_account else row
            for row in distribution[rows]
        ]
        for rows, member in ACCOUNT_MEMBERS.items()
        if rows in distribution
    }
    if own_account in ami.get("targetAccountIds", ()):
        others = [account for account in ami["targetAccountIds"] if account != own_account]
        changed["amiDistributionConfiguration"] = ami | {"targetAccountIds": others}
    return distribution | changed
