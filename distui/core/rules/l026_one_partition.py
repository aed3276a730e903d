"""L026: all Regions are in one partition."""

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
    """Report Regions outside the partition that most Regions are in."""
    found = [
        partition_of(find_region(distribution.get("region", "")))
        for distribution in document.get("distributions", [])
    ]
    counts = Counter(filter(None, found))
    usual = counts.most_common(1)[0][0] if counts else ""
    for index, partition in enumerate(found):
        if partition not in ("", usual):
            yield Problem(
                f"/distributions/{index}/region",
                f"This Region is in partition {partition}, the others are in {usual}."
                " Create a separate configuration for each partition.",
            )
