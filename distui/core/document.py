"""The document: read strictly, put in the API's order, and written as exactly the bytes to send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from distui.core import spec
from distui.core.strict_json import Unreadable, parse

__all__ = ["Document", "Segment", "Unreadable", "dumps", "ordered", "parse", "segments"]

Document = dict[str, Any]

_REMEMBERED = 1024  # distributions, some 30 documents of 34 Regions
_LARGEST_REMEMBERED = 32_000  # characters: what is larger is printed anew each time


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the request body's text, and the pointer of the distribution that it prints."""

    text: str
    pointer: str = ""


def ordered(value: Any, expected: spec.Shape) -> Any:
    """The value with its members in the API's order; unknown ones follow, maps stay as they are."""
    if isinstance(value, list) and expected.item:
        return [ordered(item, expected.item) for item in value]
    if expected.kind == "object" and isinstance(value, dict):
        known = {
            name: ordered(value[name], member.shape)
            for name, member in expected.members.items()
            if name in value
        }
        return known | value | known
    return value


def dumps(document: Document) -> str:
    """The request body: the text that is shown, hashed, kept and sent."""
    return "".join(segment.text for segment in segments(document))


def segments(document: Document) -> Iterator[Segment]:
    """The request body in runs, each distribution one of its own, so that one can be made anew."""
    request = spec.shape()
    names = [name for name in request.members if name in document]
    opening = "{\n"
    for name in [*names, *(name for name in document if name not in request.members)]:
        value = document[name]
        yield Segment(f"{opening}  {json.dumps(name, ensure_ascii=False)}: ")
        if name == "distributions" and value and isinstance(value, list):
            yield from _distributions(value)
        else:
            yield Segment(_printed(value, "  "))
        opening = ",\n"
    yield Segment("\n}" if document else "{}")


def _distributions(items: list[Any]) -> Iterator[Segment]:
    opening = "[\n    "
    for index, item in enumerate(items):
        yield Segment(opening)
        text = json.dumps(item)
        printed = _distribution if len(text) <= _LARGEST_REMEMBERED else _distribution.__wrapped__
        yield Segment(printed(text), f"/distributions/{index}")
        opening = ",\n    "
    yield Segment("\n  ]")


@lru_cache(maxsize=_REMEMBERED)
def _distribution(text: str) -> str:
    """A distribution as the body prints it, remembered: printing anew costs ten times parsing."""
    return _printed(ordered(json.loads(text), spec.shape("Distribution")), "    ")


def _printed(value: Any, indent: str) -> str:
    """JSON text whose further lines are indented: no string holds a line break of its own."""
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + indent)
