"""L028: an opt-in Region has to be enabled."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.geography import is_opt_in
from distui.core.rules.rule import Context, Json, Problem, region_of, rule


@rule(
    "L028",
    Severity.INFO,
    "Opt-in Region",
    scope="distribution",
    why=(
        "Regions launched after 20 March 2019 are disabled by default. A copy to a disabled "
        "Region fails after the build."
    ),
    evidence=(
        "AWS Account Management reference guide, Enable or disable AWS Regions in your account; "
        "EC2 service model, Region: OptInStatus."
    ),
)
def opt_in_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a Region that is disabled by default."""
    if is_opt_in(region_of(distribution, context)):
        yield Problem(
            "/region",
            "Opt-in Region: enable it in the build account and every target account.",
        )
