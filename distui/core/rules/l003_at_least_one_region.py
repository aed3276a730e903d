"""L003: a configuration without a distribution distributes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L003",
    Severity.ERROR,
    "At least one Region",
    scope="document",
    why="A configuration without a Region sends the image nowhere.",
    evidence="The AWS CDK refuses an empty list; the service model sets no minimum.",
)
def at_least_one_region(document: Json, context: Context) -> Iterator[Problem]:
    """An empty list of distributions; a missing one is the schema's finding."""
    if document.get("distributions") == []:
        yield Problem("/distributions", "Add at least one Region.", missing=True)
