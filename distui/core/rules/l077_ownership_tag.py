"""L077: the ownership tag is set by distui and has room."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import pointer
from distui.core.rules.rule import Context, Json, Problem, remove, rule
from distui.core.text.characters import quoted

_MAXIMUM = 50


@rule(
    "L077",
    Severity.ERROR,
    "Ownership tag",
    scope="document",
    why="With DISTUI_OWNERSHIP_TAG, distui adds this tag, to find what it has created.",
    evidence="distui, docs/operating.md; service model, CreateDistributionConfiguration: tags.",
)
def ownership_tag(document: Json, context: Context) -> Iterator[Problem]:
    """Report a tag with the key of ``context.ownership_tag``, and 50 tags that leave it no room."""
    key, tags = context.ownership_tag, document.get("tags", {})
    if key and key in tags:
        where = pointer(("tags", key))
        message = f"distui sets {quoted(key)} when it submits. Remove it."
        yield Problem(where, message, fix=remove(where))
    elif key and len(tags) == _MAXIMUM:
        yield Problem(
            "/tags",
            f"{_MAXIMUM} tags leave no room for {quoted(key)}, which distui adds. Remove 1.",
        )
