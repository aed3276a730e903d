"""L005: each Region has an output."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_OUTPUTS = {"amiDistributionConfiguration", "containerDistributionConfiguration"}


@rule(
    "L005",
    Severity.ERROR,
    "Each Region has an output",
    scope="distribution",
    why="Image Builder rejects a distribution that has only a Region.",
    evidence="Service error: one or more outputs should be provided for each region.",
)
def output_per_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a Region without settings, and as a suggestion one without AMI or container."""
    if set(distribution) <= {"region"}:
        yield Problem(
            "",
            "Nothing is distributed to this Region yet. Add AMI or container settings.",
            missing=True,
        )
    elif not _OUTPUTS & set(distribution):
        yield Problem(
            "",
            "This Region has no AMI or container settings, only settings that depend on them.",
            Severity.INFO,
        )
