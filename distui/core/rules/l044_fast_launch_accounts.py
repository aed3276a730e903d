"""L044: fast launch, once for an account that has the AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import untargeted_accounts
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L044",
    Severity.WARNING,
    "Fast launch stands once for each target account",
    scope="distribution",
    why=(
        "Two entries for one account overwrite each other; an account without the AMI has no "
        "use for one."
    ),
    evidence="Service model, FastLaunchConfiguration: accountId.",
)
def fast_launch_accounts(distribution: Json, context: Context) -> Iterator[Problem]:
    """The second entry of an account, and an account that gets no AMI as far as is known."""
    first: dict[str, int] = {}
    for index, row in enumerate(distribution.get("fastLaunchConfigurations", [])):
        account = row.get("accountId", context.own_account)
        if account in first:
            said = f"Entry {first[account] + 1} is for the same account."
            yield Problem(f"/fastLaunchConfigurations/{index}/accountId", said)
        first.setdefault(account, index)
    severity = Severity.WARNING if context.own_account else Severity.INFO
    for place, account in untargeted_accounts(
        distribution, "/fastLaunchConfigurations", context.own_account
    ):
        yield Problem(place, f"{account} is not among this Region's target accounts.", severity)
