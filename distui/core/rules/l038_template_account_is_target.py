"""L038: the account of a launch template receives the AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, untargeted


@rule(
    "L038",
    Severity.WARNING,
    "Account of a launch template is a target account",
    scope="distribution",
    why="A template can't launch an AMI that its account doesn't have.",
    evidence="Service model, LaunchTemplateConfiguration: accountId.",
)
def template_account_is_target(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report accounts that are neither target accounts of the Region nor our own."""
    rows = "/launchTemplateConfigurations"
    yield from untargeted(distribution, rows, context, "so it has no AMI to launch")
