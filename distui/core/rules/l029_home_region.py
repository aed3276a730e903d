"""L029: cross-account settings include the build Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import foreign_accounts
from distui.core.rules.rule import Context, Json, Problem, region_of, rule

_TARGETS = "/amiDistributionConfiguration/targetAccountIds"


@rule(
    "L029",
    Severity.WARNING,
    "Build Region in the configuration",
    scope="document",
    why="Image Builder distributes to other accounts from settings of the build Region.",
    evidence=(
        "Image Builder user guide, cross-account distribution and launch templates: at least one "
        "entry is for the source Region."
    ),
)
def home_region(document: Json, context: Context) -> Iterator[Problem]:
    """Report a missing home Region if another Region has target accounts or launch templates."""
    distributions, home = document.get("distributions", []), context.home_region
    if not home or home in {region_of(part, context) for part in distributions}:
        return
    for part in distributions:
        has_targets = foreign_accounts(part, _TARGETS, context.own_account)
        if has_targets or part.get("launchTemplateConfigurations"):
            what = "target accounts" if has_targets else "launch templates"
            yield Problem(
                "/distributions",
                f"The build Region {home} isn't in this configuration, which has {what} in other"
                f" Regions. Add {home} with AMI settings.",
            )
            return
