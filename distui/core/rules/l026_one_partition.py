"""L026: all Regions are in one partition, that of the target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.regions import find_region, partition_of
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L026",
    Severity.ERROR,
    "All Regions in one partition",
    scope="document",
    why="An AMI can't be copied to another partition.",
    evidence="EC2 service model, CopyImage: cross-partition copies are not supported.",
)
def one_partition(document: Json, context: Context) -> Iterator[Problem]:
    """Report Regions outside the partition of the home Region, or of most Regions."""
    found = [
        partition_of(find_region(distribution.get("region", "")))
        for distribution in document.get("distributions", [])
    ]
    counts = Counter(filter(None, found))
    home = partition_of(context.home_region)
    usual = home or (counts.most_common(1)[0][0] if counts else "")
    others = f"the target's Region {context.home_region} is" if home else "the others are"
    for index, partition in enumerate(found):
        if partition not in ("", usual):
            yield Problem(
                f"/distributions/{index}/region",
                f"This Region is in partition {partition}; {others} in {usual}."
                " Create a separate configuration for each partition.",
            )
