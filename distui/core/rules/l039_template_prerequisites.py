"""L039: a launch template in another account needs permissions."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import iter_row_accounts
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L039",
    Severity.INFO,
    "Launch template in another account",
    scope="distribution",
    why="Without these permissions, the step fails after the build.",
    evidence="Image Builder user guide, Set up cross-account AMI distribution.",
)
def template_prerequisites(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report launch templates in accounts other than our own."""
    for pointer, account in iter_row_accounts(distribution, "/launchTemplateConfigurations"):
        if account and account != context.own_account:
            yield Problem(
                pointer,
                "In another account, the template needs the tag CreatedBy = EC2 Image Builder, and"
                " EC2ImageBuilderDistributionCrossAccountRole needs permission to modify it.",
            )
