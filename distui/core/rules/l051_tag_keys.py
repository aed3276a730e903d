"""L051: keys of tags."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import pointer
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L051",
    Severity.ERROR,
    "Tag keys",
    scope="part",
    why=(
        "Keys that begin with aws: are AWS's own, in whatever case. Keys that differ only in "
        "case are two tags to most services and one to some."
    ),
    evidence="Service model, TagKey; AWS General Reference, Tag naming limits.",
)
def tag_keys(part: Json, context: Context) -> Iterator[Problem]:
    """Reserved keys in another case than the schema refuses, and keys equal but for case."""
    first: dict[str, str] = {}
    for place, key in _keys(part):
        if key.lower().startswith("aws:") and not key.startswith("aws:"):
            yield Problem(place, f"{quoted(key)} begins with aws:, which is reserved for AWS.")
        elif key.lower() in first:
            other = quoted(first[key.lower()])
            yield Problem(
                place, f"{quoted(key)} and {other} differ only in case.", Severity.WARNING
            )
        first.setdefault(key.lower(), key)


def _keys(part: Json) -> Iterator[tuple[str, str]]:
    """The pointer and text of each key: of the configuration's tags, or of a Region's AMI's."""
    ami = part.get("amiDistributionConfiguration", {})
    yield from ((pointer(("tags", key)), key) for key in part.get("tags", {}))
    for key in ami.get("amiTags", {}):
        yield pointer(("amiDistributionConfiguration", "amiTags", key)), key
