"""L026: all Regions lie in one partition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.regions import find_region, partition_of
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L026",
    Severity.ERROR,
    "All Regions lie in one partition",
    scope="document",
    why="An AMI cannot be copied from one partition to another.",
    evidence="EC2 service model, CopyImage: cross-partition copies are not supported.",
)
def one_partition(document: Json, context: Context) -> Iterator[Problem]:
    """Each Region outside the partition that most Regions lie in."""
    places = {
        index: partition_of(find_region(distribution.get("region", "")))
        for index, distribution in enumerate(document.get("distributions", []))
    }
    counted = Counter(partition for partition in places.values() if partition)
    for index, partition in places.items():
        usual = counted.most_common(1)[0][0] if counted else ""
        if partition not in ("", usual):
            yield Problem(
                f"/distributions/{index}/region",
                f"This Region lies in partition {partition}, and the others in {usual}."
                " Make a configuration of its own for each partition.",
            )
