"""L039: what another account's template needs."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import iter_row_accounts
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L039",
    Severity.INFO,
    "A launch template of another account needs rights",
    scope="distribution",
    why="Without them the step fails after the build.",
    evidence="Image Builder user guide, Set up cross-account AMI distribution.",
)
def template_prerequisites(distribution: Json, context: Context) -> Iterator[Problem]:
    """Launch templates in an account that is not known to be our own."""
    for place, account in iter_row_accounts(distribution, "/launchTemplateConfigurations"):
        if account and account != context.own_account:
            yield Problem(
                place,
                "In another account the template needs the tag CreatedBy = EC2 Image Builder, and"
                " EC2ImageBuilderDistributionCrossAccountRole the right to change it.",
            )
