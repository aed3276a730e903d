"""L028: an opt-in Region has to be switched on."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference import regions
from distui.core.reference.geography import is_opt_in
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L028",
    Severity.INFO,
    "An opt-in Region has to be switched on",
    scope="distribution",
    why=(
        "Regions launched after 20 March 2019 are off in every account until somebody switches "
        "them on, and a copy to one that is off fails after the build."
    ),
    evidence=(
        "AWS Account Management reference guide, Enable or disable AWS Regions in your account; "
        "EC2 service model, Region: OptInStatus."
    ),
)
def opt_in_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """A Region that is off by default."""
    region = regions.find_region(distribution.get("region", ""), context.extra_regions)
    if is_opt_in(region):
        yield Problem(
            "/region",
            f"{region} is an opt-in Region: switch it on in the account that builds the image and"
            " in every account that gets it.",
        )
