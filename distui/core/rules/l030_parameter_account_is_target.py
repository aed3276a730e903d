"""L030: an SSM parameter is written in an account that gets the AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import untargeted_accounts
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L030",
    Severity.ERROR,
    "The account of an SSM parameter is a target account",
    scope="distribution",
    why="The parameter holds the id of that account's AMI, which only a target account has.",
    evidence="Service model, SsmParameterConfiguration: amiAccountId.",
)
def parameter_account_is_target(distribution: Json, context: Context) -> Iterator[Problem]:
    """An account that is no target account of the Region nor, as far as is known, our own."""
    severity = Severity.ERROR if context.own_account else Severity.INFO
    for place, account in untargeted_accounts(
        distribution, "/ssmParameterConfigurations", context.own_account
    ):
        yield Problem(
            place,
            f"{account} is not among this Region's target accounts, so it gets no AMI to name here."
            + ("" if context.own_account else " That is right only where it is your own account."),
            severity,
        )
