"""Account ids, where a distribution holds them, and who gets an AMI of its own from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_ACCOUNT = re.compile(r"[0-9]{12}", re.ASCII)
_ROWS = {
    "launchTemplateConfigurations": "accountId",
    "fastLaunchConfigurations": "accountId",
    "ssmParameterConfigurations": "amiAccountId",
}


def is_account_id(text: str) -> bool:
    """Whether the text is an account id: 12 digits."""
    return bool(_ACCOUNT.fullmatch(text))


def iter_account_ids(distribution: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each account id in a well-typed distribution: its pointer and its text."""
    ami = distribution.get("amiDistributionConfiguration", {})
    lists = {
        "/amiDistributionConfiguration/targetAccountIds": ami.get("targetAccountIds", []),
        "/amiDistributionConfiguration/launchPermission/userIds": ami.get(
            "launchPermission", {}
        ).get("userIds", []),
    }
    for place, items in lists.items():
        yield from ((f"{place}/{index}", item) for index, item in enumerate(items))
    for rows in _ROWS:
        yield from iter_row_accounts(distribution, rows)


def iter_row_accounts(distribution: dict[str, Any], rows: str) -> Iterator[tuple[str, str]]:
    """The pointer and text of the account id in each row of that list, where a row has one."""
    member = _ROWS[rows]
    for index, row in enumerate(distribution.get(rows, [])):
        if member in row:
            yield f"/{rows}/{index}/{member}", row[member]


def untargeted_accounts(
    distribution: dict[str, Any], rows: str, own: str
) -> Iterator[tuple[str, str]]:
    """Yield the rows' accounts that get no AMI in this Region: neither a target nor our own."""
    ami = distribution.get("amiDistributionConfiguration", {})
    receivers = {own, *ami.get("targetAccountIds", [])}
    for place, account in iter_row_accounts(distribution, rows):
        if is_account_id(account) and account not in receivers:
            yield place, account
