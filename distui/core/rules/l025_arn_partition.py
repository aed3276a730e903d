"""L025: the partition of an ARN is that of the Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference import arns, regions
from distui.core.rules.rule import Context, Json, Problem, region_of, rule
from distui.core.text.characters import quoted


@rule(
    "L025",
    Severity.ERROR,
    "ARN in the partition of the Region",
    scope="distribution",
    why=(
        "A resource can't be used from another partition, but the API's patterns allow any "
        "partition."
    ),
    evidence="The patterns arn:aws[^:]* in the service model, and the SDK's list of partitions.",
)
def arn_partition(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report ARNs whose partition is unknown, or not that of the Region."""
    region = region_of(distribution, context)
    expected = regions.partition_of(region)
    for pointer, text in arns.iter_arns(distribution):
        arn = arns.parse(text)
        if not arn:
            continue
        if arn.partition not in regions.partitions():
            valid = ", ".join(regions.partitions())
            message = f"Unknown partition {quoted(arn.partition)}. Valid partitions: {valid}."
            yield Problem(pointer, message)
        elif expected not in ("", arn.partition):
            message = f"This ARN is in partition {arn.partition}; {region} is in {expected}."
            yield Problem(pointer, message)
