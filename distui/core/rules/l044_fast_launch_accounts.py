"""L044: fast launch has one entry for each account that receives the AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, duplicates, rule, without_ami

_ROWS = "/fastLaunchConfigurations"


@rule(
    "L044",
    Severity.WARNING,
    "One EC2 Fast Launch entry per target account",
    scope="distribution",
    why=(
        "Two entries for the same account overwrite each other, and an account without the AMI "
        "can't use one."
    ),
    evidence=(
        "Service model, FastLaunchConfiguration: accountId; EC2 user guide, EC2 Fast Launch: a "
        "shared AMI can use it."
    ),
)
def fast_launch_accounts(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report repeated accounts, and accounts that receive no AMI."""
    rows = distribution.get("fastLaunchConfigurations", [])
    accounts = [row.get("accountId", context.own_account) for row in rows]
    for index, first in duplicates(accounts):
        message = f"Duplicate of entry {first + 1}: same account."
        yield Problem(f"{_ROWS}/{index}/accountId", message)
    effect = "so it has no AMI"
    yield from without_ami(distribution, _ROWS, context, effect, launching=True)
