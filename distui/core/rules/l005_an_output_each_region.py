"""L005: a Region gets something."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_OUTPUTS = {"amiDistributionConfiguration", "containerDistributionConfiguration"}


@rule(
    "L005",
    Severity.ERROR,
    "Each Region gets an output",
    scope="distribution",
    why="Image Builder refuses a distribution that names a Region and nothing else.",
    evidence="The service's own answer: one or more outputs should be provided for each region.",
)
def an_output_each_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """A Region alone is refused; one with neither an AMI's nor a container's settings is told."""
    if set(distribution) <= {"region"}:
        yield Problem(
            "",
            "This Region has no output yet."
            " Add AMI settings, container settings or another section.",
            missing=True,
        )
    elif not _OUTPUTS & set(distribution):
        yield Problem(
            "",
            "This Region has neither AMI nor container settings, only what goes with them.",
            Severity.INFO,
        )
