"""L066: an account that has the AMI needs neither a copy nor launch permission."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at, value_at
from distui.core.rules.rule import Context, Json, Problem, remove, rule

_TARGETS = "/amiDistributionConfiguration/targetAccountIds"
_USERS = "/amiDistributionConfiguration/launchPermission/userIds"


@rule(
    "L066",
    Severity.INFO,
    "Account with both a copy and launch permission",
    scope="distribution",
    why=(
        "An account that owns a copy needs no permission for your AMI, and your own account "
        "already has the AMI."
    ),
    evidence="Service model, AmiDistributionConfiguration: targetAccountIds, launchPermission.",
)
def copied_and_shared(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report accounts in both lists, and our own account among the target accounts."""
    targets = frozenset(value_at(distribution, _TARGETS, ()))
    for pointer, account in items_at(distribution, _USERS):
        if account and account in targets:
            message = f"{account} already gets its own copy as a target account."
            yield Problem(pointer, message, fix=remove(pointer))
    for pointer, account in items_at(distribution, _TARGETS):
        if account and account == context.own_account:
            message = f"{account} is your own account, which already has the AMI."
            yield Problem(pointer, message, fix=remove(pointer))
