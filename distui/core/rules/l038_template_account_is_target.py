"""L038: a launch template's account has the AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import untargeted_accounts
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L038",
    Severity.WARNING,
    "The account of a launch template is a target account",
    scope="distribution",
    why="A template cannot launch an AMI that its account does not have.",
    evidence="Service model, LaunchTemplateConfiguration: accountId.",
)
def template_account_is_target(distribution: Json, context: Context) -> Iterator[Problem]:
    """An account that is no target account of the Region nor, as far as is known, our own."""
    severity = Severity.WARNING if context.own_account else Severity.INFO
    for place, account in untargeted_accounts(
        distribution, "/launchTemplateConfigurations", context.own_account
    ):
        yield Problem(
            place,
            f"{account} is not among this Region's target accounts, so it gets no AMI to launch."
            + ("" if context.own_account else " That is right only where it is your own account."),
            severity,
        )
