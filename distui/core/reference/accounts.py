"""Account IDs: their format, where a distribution has them, and which accounts receive an AMI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from distui.core.pointers import items_at, value_at

_ACCOUNT_ID = re.compile(r"[0-9]{12}", re.ASCII)
_TARGETS = "/amiDistributionConfiguration/targetAccountIds"
_LISTS = (_TARGETS, "/amiDistributionConfiguration/launchPermission/userIds")
_ROWS = {
    "/launchTemplateConfigurations": "accountId",
    "/fastLaunchConfigurations": "accountId",
    "/ssmParameterConfigurations": "amiAccountId",
}


def is_account_id(text: str) -> bool:
    """Return True if the text is an account ID: 12 digits."""
    return bool(_ACCOUNT_ID.fullmatch(text))


def iter_account_ids(distribution: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the pointer and the text of each account ID in a well-typed distribution."""
    for accounts in _LISTS:
        yield from items_at(distribution, accounts)
    for rows in _ROWS:
        yield from iter_row_accounts(distribution, rows)


def iter_row_accounts(distribution: dict[str, Any], rows: str) -> Iterator[tuple[str, str]]:
    """Yield the pointer and the text of the account ID in each row of the list at ``rows``."""
    member = _ROWS[rows]
    for pointer, row in items_at(distribution, rows):
        if member in row:
            yield f"{pointer}/{member}", row[member]


def untargeted_accounts(
    distribution: dict[str, Any], rows: str, own_account: str
) -> Iterator[tuple[str, str]]:
    """Yield the rows' accounts without an AMI in this Region: neither targets nor our own."""
    receivers = {own_account, *value_at(distribution, _TARGETS, ())}
    for pointer, account in iter_row_accounts(distribution, rows):
        if is_account_id(account) and account not in receivers:
            yield pointer, account
