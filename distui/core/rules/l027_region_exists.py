"""L027: the Region exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.region_codes import check_region_code


@rule(
    "L027",
    Severity.ERROR,
    "Known Region",
    scope="document",
    why="The SDK accepts any text as a Region; distribution then fails.",
    evidence="The SDK's list of EC2 Regions, and the Regions in DISTUI_EXTRA_REGIONS.",
)
def region_exists(document: Json, context: Context) -> Iterator[Problem]:
    """Report unknown Regions, Availability Zones and codes in another case.

    A Region that another distribution has is not offered as a fix.
    """
    regions = [part.get("region", "") for part in document.get("distributions", ())]
    uses = Counter(region.strip().lower() for region in regions)
    for index, region in enumerate(regions):
        message, code = check_region_code(region, context.extra_regions) if region else ("", "")
        if message:
            pointer, own = f"/distributions/{index}/region", region.strip().lower()
            is_free = uses[own] == 1 and (code == own or not uses[code])
            yield Problem(pointer, message, fix=set_value(pointer, code) if is_free else ())
