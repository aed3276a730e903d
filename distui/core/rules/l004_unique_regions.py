"""L004: a configuration has each Region once."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.document.region_merge import merge_distributions
from distui.core.findings import Patch, Severity
from distui.core.rules.rule import Context, Json, Problem, duplicates, rule

_MAX_REGIONS = 200  # more than AWS has


@rule(
    "L004",
    Severity.ERROR,
    "Unique Regions",
    scope="document",
    why="Image Builder rejects a configuration that has a Region twice.",
    evidence="Service model, CreateDistributionConfiguration: distributions.",
)
def unique_regions(document: Json, context: Context) -> Iterator[Problem]:
    """Report repeated Regions, ignoring case and spaces around them; the fix merges the two."""
    distributions = document.get("distributions", [])
    regions = [part.get("region", "").strip().lower() or None for part in distributions]
    for index, first in duplicates(regions):
        yield Problem(
            f"/distributions/{index}/region",
            f"{regions[index]} is already in this draft. Edit that Region instead.",
            fix=_merge_fix(distributions, first, index) if index < _MAX_REGIONS else (),
        )


def _merge_fix(distributions: list[Json], first: int, second: int) -> Patch:
    merged = merge_distributions(distributions[first], distributions[second])
    if merged is None:
        return ()
    changed = [name for name in merged if merged[name] != distributions[first].get(name)]
    steps = [
        {"op": "add", "path": f"/distributions/{first}/{name}", "value": merged[name]}
        for name in changed
    ]
    return (*steps, {"op": "remove", "path": f"/distributions/{second}"})
