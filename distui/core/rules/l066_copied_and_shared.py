"""L066: who gets a copy and who may launch ours."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, remove, rule


@rule(
    "L066",
    Severity.INFO,
    "The same account gets a copy and launch permission",
    scope="distribution",
    why=(
        "An account that owns a copy needs no permission for ours; our own account has the "
        "AMI already."
    ),
    evidence="Service model, AmiDistributionConfiguration: targetAccountIds, launchPermission.",
)
def copied_and_shared(distribution: Json, context: Context) -> Iterator[Problem]:
    """Accounts in both lists, and our own account among the targets."""
    ami = distribution.get("amiDistributionConfiguration", {})
    targets = ami.get("targetAccountIds", [])
    for index, account in enumerate(ami.get("launchPermission", {}).get("userIds", [])):
        if account and account in targets:
            place = f"/amiDistributionConfiguration/launchPermission/userIds/{index}"
            said = f"{account} gets a copy of its own already, as a target account."
            yield Problem(place, said, fix=remove(place))
    for index, account in enumerate(targets):
        if account and account == context.own_account:
            place = f"/amiDistributionConfiguration/targetAccountIds/{index}"
            said = f"{account} is your own account, which has the AMI anyway."
            yield Problem(place, said, fix=remove(place))
