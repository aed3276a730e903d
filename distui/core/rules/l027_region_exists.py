"""L027: the Region exists."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.region_codes import check_region_code


@rule(
    "L027",
    Severity.ERROR,
    "Known Region",
    scope="distribution",
    why="The SDK accepts any text as a Region, and the service fails to find it.",
    evidence="The SDK's list of EC2 Regions, and the Regions in DISTUI_EXTRA_REGIONS.",
)
def region_exists(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report unknown Regions, Availability Zones and codes in another case."""
    if region := distribution.get("region", ""):
        message, code = check_region_code(region, context.extra_regions)
        if message:
            yield Problem("/region", message, fix=set_value("/region", code))
