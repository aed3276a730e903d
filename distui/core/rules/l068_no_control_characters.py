"""L068: descriptions and tags contain no control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import Path, pointer
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import name_control_character

_LINE_BREAK = re.compile("\r\n|\r|\x85|\x0b|\x0c")


@rule(
    "L068",
    Severity.ERROR,
    "No control characters",
    scope="part",
    why="They break logs and terminals, and can make a text look like a different one.",
    evidence="Unicode Technical Report 36, on characters that change the direction of writing.",
)
def no_control_characters(part: Json, context: Context) -> Iterator[Problem]:
    """Report control characters except the line feed in descriptions, tag keys and tag values.

    The fix makes other line breaks line feeds.
    """
    for path, key, text in _texts(part, ()):
        if character := name_control_character(key + text):
            fixed = _LINE_BREAK.sub("\n", text)
            usable = not name_control_character(key + fixed)
            fix = set_value(pointer(path), fixed) if usable else ()
            message = f"Contains {character}, which isn't allowed."
            yield Problem(pointer(path), message, fix=fix)


def _texts(node: Json, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield path, key and text of each tag and each description; its key is empty."""
    for name, value in node.items():
        inner = (*path, name)
        if name in ("tags", "amiTags"):
            yield from (((*inner, key), key, item) for key, item in value.items())
        elif name == "description":
            yield inner, "", value
        elif isinstance(value, dict) and name != "distributions":
            yield from _texts(value, inner)
