"""L056: copies of an AMI have no description by default."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L056",
    Severity.INFO,
    "AMI without a description",
    scope="distribution",
    why="The recipe's description isn't copied to other Regions and accounts.",
    evidence="Service model, AmiDistributionConfiguration: description.",
)
def ami_description_missing(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report AMI settings without a description."""
    ami = distribution.get("amiDistributionConfiguration")
    if ami and "description" not in ami:
        yield Problem(
            "/amiDistributionConfiguration/description",
            "Without a description here, copies in other Regions and accounts have none.",
        )
