"""L056: copies have no description by default."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L056",
    Severity.INFO,
    "An AMI without a description",
    scope="distribution",
    why="Copies in other Regions and accounts do not get the recipe's description.",
    evidence="Service model, AmiDistributionConfiguration: description.",
)
def ami_description(distribution: Json, context: Context) -> Iterator[Problem]:
    """An AMI block without a description."""
    ami = distribution.get("amiDistributionConfiguration")
    if ami and "description" not in ami:
        yield Problem(
            "/amiDistributionConfiguration/description",
            "Copies in other Regions and accounts get no description unless it is given here.",
        )
