"""L056: copies of an AMI have no description by default."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, region_of, rule


@rule(
    "L056",
    Severity.INFO,
    "AMI without a description",
    scope="document",
    why="The recipe's description isn't copied to other Regions and accounts.",
    evidence="Service model, AmiDistributionConfiguration: description.",
)
def ami_description_missing(document: Json, context: Context) -> Iterator[Problem]:
    """Report AMI settings without a description where the AMI is a copy.

    If the build Region is unknown, the AMIs of several Regions may all be copies.
    """
    distributions, home = document.get("distributions", ()), context.home_region
    for index, part in enumerate(distributions):
        ami = part.get("amiDistributionConfiguration")
        if not ami or "description" in ami:
            continue
        elsewhere = region_of(part, context) != home if home else len(distributions) > 1
        if elsewhere or ami.get("targetAccountIds"):
            yield Problem(
                f"/distributions/{index}/amiDistributionConfiguration/description",
                "Without a description here, copies in other Regions and accounts have none.",
            )
