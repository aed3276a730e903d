"""L068: no control characters in any text."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import Path, pointer
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import name_control_character


@rule(
    "L068",
    Severity.ERROR,
    "Texts hold no control characters",
    scope="part",
    why="They break logs and terminals, and can make a text read as another than it is.",
    evidence="Unicode Technical Report 36: characters that turn the direction of writing.",
)
def no_control_characters(part: Json, context: Context) -> Iterator[Problem]:
    """Descriptions, tag keys and tag values, where a line feed is allowed."""
    for path, text in _texts(part, ()):
        if character := name_control_character(text):
            yield Problem(
                pointer(path), f"This text holds {character}, which is not allowed in it."
            )


def _texts(node: Json, path: Path) -> Iterator[tuple[Path, str]]:
    """Every description, and every key and value of a map of tags, with its path."""
    for name, value in node.items():
        place = (*path, name)
        if name in ("tags", "amiTags"):
            yield from (((*place, key), key + item) for key, item in value.items())
        elif name == "description":
            yield place, value
        elif isinstance(value, dict) and name != "distributions":
            yield from _texts(value, place)
