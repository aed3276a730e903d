"""L051: tag keys are not reserved, and differ in more than case."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import pointer, value_at
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_MAPS = (("tags",), ("amiDistributionConfiguration", "amiTags"))


@rule(
    "L051",
    Severity.ERROR,
    "Tag keys",
    scope="part",
    why=(
        "Keys that start with aws:, in any case, are reserved. Keys that differ only in case are "
        "distinct for most services, but not for all."
    ),
    evidence="Service model, TagKey; AWS General Reference, Tag naming limits.",
)
def tag_keys(part: Json, context: Context) -> Iterator[Problem]:
    """Report reserved keys such as ``AWS:x``, and keys that differ only in case."""
    for path in _MAPS:
        first: dict[str, str] = {}
        for key in value_at(part, pointer(path), ()):
            where = pointer((*path, key))
            if key.lower().startswith("aws:") and not key.startswith("aws:"):
                yield Problem(where, f"{quoted(key)} starts with aws:, which is reserved.")
            elif (other := first.setdefault(key.lower(), key)) != key:
                message = f"{quoted(key)} and {quoted(other)} differ only in case."
                yield Problem(where, message, Severity.WARNING)
