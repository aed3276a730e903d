"""L004: a Region stands at most once."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L004",
    Severity.ERROR,
    "A Region stands at most once",
    scope="document",
    why="Image Builder refuses a configuration that names a Region twice.",
    evidence="Service model, CreateDistributionConfiguration: distributions.",
)
def region_once(document: Json, context: Context) -> Iterator[Problem]:
    """Regions compared without case and surrounding spaces; the second one is the finding."""
    first: dict[str, int] = {}
    for index, distribution in enumerate(document.get("distributions", [])):
        region = distribution.get("region", "").strip().lower()
        if region in first:
            yield Problem(
                f"/distributions/{index}/region",
                f"{region} stands already as Region {first[region] + 1}."
                " Put all its settings there, or choose another Region.",
            )
        elif region:
            first[region] = index
