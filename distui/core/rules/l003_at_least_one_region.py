"""L003: a configuration has at least one Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L003",
    Severity.ERROR,
    "At least one Region",
    scope="document",
    why="A configuration without Regions distributes nothing.",
    evidence="The AWS CDK rejects an empty list; the service model sets no minimum.",
)
def at_least_one_region(document: Json, context: Context) -> Iterator[Problem]:
    """Report an empty list of distributions; the schema reports a missing one."""
    if document.get("distributions") == []:
        yield Problem("/distributions", "Add at least one Region.", missing=True)
