"""L025: an ARN's partition is AWS's own and that of the Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference import arns, regions
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L025",
    Severity.ERROR,
    "The partition of an ARN fits the Region",
    scope="distribution",
    why=(
        "Nothing in one partition can be used from another; the API's patterns let any text "
        "stand there."
    ),
    evidence=(
        "The patterns arn:aws[^:]* of the service model, and the partitions that the SDK knows."
    ),
)
def partition_fits(distribution: Json, context: Context) -> Iterator[Problem]:
    """Each ARN of the distribution whose partition is unknown, or not that of its Region."""
    region = regions.find_region(distribution.get("region", ""), context.extra_regions)
    expected = regions.partition_of(region)
    for place, text in arns.iter_arns(distribution):
        arn = arns.parse(text)
        if not arn:
            continue
        if arn.partition not in regions.partitions():
            known = ", ".join(regions.partitions())
            yield Problem(place, f"{quoted(arn.partition)} is no partition. There are {known}.")
        elif expected not in ("", arn.partition):
            yield Problem(
                place,
                f"This ARN is of partition {arn.partition}, and {region} lies in {expected}.",
            )
