"""L004: a configuration has each Region once."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, duplicates, rule


@rule(
    "L004",
    Severity.ERROR,
    "Unique Regions",
    scope="document",
    why="Image Builder rejects a configuration that has a Region twice.",
    evidence="Service model, CreateDistributionConfiguration: distributions.",
)
def unique_regions(document: Json, context: Context) -> Iterator[Problem]:
    """Report repeated Regions, ignoring case and spaces around them."""
    distributions = document.get("distributions", [])
    regions = [part.get("region", "").strip().lower() or None for part in distributions]
    for index, _ in duplicates(regions):
        yield Problem(
            f"/distributions/{index}/region",
            f"{regions[index]} is already in this draft. Edit that Region instead.",
        )
