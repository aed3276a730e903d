"""L027: a Region that the SDK or the settings know."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference import regions
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L027",
    Severity.ERROR,
    "The Region exists",
    scope="distribution",
    why=("The SDK sends any text as a Region, and the service refuses it or looks for it in vain."),
    evidence="The SDK's list of EC2's Regions, and the settings' further ones.",
)
def region_exists(distribution: Json, context: Context) -> Iterator[Problem]:
    """An unknown Region, an availability zone and wrong case, each with what was probably meant."""
    region = distribution.get("region", "")
    if not region or region in regions.names() or region in context.extra_regions:
        return
    if zone := regions.region_of_zone(region):
        meant, said = zone, f"{region} is an availability zone: its Region is {zone}."
    elif exact := regions.find_region(region, context.extra_regions):
        meant, said = exact, f"{quoted(region)} is written {exact}, in lower case, without spaces."
    elif near := regions.nearest_region(region, context.extra_regions):
        meant, said = near, f"{quoted(region)} is no Region that is known here. Is it {near}?"
    else:
        meant, said = "", f"{quoted(region)} is no Region that is known here."
    fix = ({"op": "replace", "path": "/region", "value": meant},) if meant else ()
    yield Problem("/region", said, fix=fix)
