"""L068: descriptions and tags contain no control characters."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import Path, pointer
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import name_control_character


@rule(
    "L068",
    Severity.ERROR,
    "No control characters",
    scope="part",
    why="They break logs and terminals, and can make a text look like another one.",
    evidence="Unicode Technical Report 36, on characters that change the direction of writing.",
)
def no_control_characters(part: Json, context: Context) -> Iterator[Problem]:
    """Report control characters except the line feed in descriptions, tag keys and tag values."""
    for path, text in _texts(part, ()):
        if character := name_control_character(text):
            yield Problem(pointer(path), f"Contains {character}, which isn't allowed.")


def _texts(node: Json, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the path and the text of each description and each tag's key and value."""
    for name, value in node.items():
        inner = (*path, name)
        if name in ("tags", "amiTags"):
            yield from (((*inner, key), key + item) for key, item in value.items())
        elif name == "description":
            yield inner, value
        elif isinstance(value, dict) and name != "distributions":
            yield from _texts(value, inner)
