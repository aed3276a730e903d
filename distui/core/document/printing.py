"""The document: read strictly, put in the API's order, and written as exactly the bytes to send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.core.caching import cached_by_text
from distui.core.schema import shapes

Document = dict[str, Any]

_REMEMBERED = 1024  # distributions, some 30 documents of 34 Regions
_LARGEST_REMEMBERED = 32_000  # characters: what is larger is printed anew each time


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the request body's text, and the pointer of the distribution that it prints."""

    text: str
    pointer: str = ""


def in_api_order(value: Any, expected: shapes.Shape) -> Any:
    """The value with its members in the API's order; unknown ones follow, maps stay as they are."""
    if isinstance(value, list) and expected.item:
        return [in_api_order(item, expected.item) for item in value]
    if expected.kind == "object" and isinstance(value, dict):
        known = {
            name: in_api_order(value[name], member.shape)
            for name, member in expected.members.items()
            if name in value
        }
        return known | value | known
    return value


def dumps(document: Document) -> str:
    """The request body: the text that is shown, hashed, kept and sent."""
    return "".join(segment.text for segment in segments(document))


def segments(document: Document) -> Iterator[Segment]:
    """The request body in runs of whole lines, each distribution one of its own.

    So one can be shown, folded or made anew without the others.
    """
    names = member_names(document)
    for name in names:
        value, last = document[name], name == names[-1]
        opening = ("{\n" if name == names[0] else "") + f"  {_key(name)}: "
        closing = "\n}" if last else ",\n"
        if name == "distributions" and value and isinstance(value, list):
            yield Segment(opening + "[\n")
            yield from _distributions(value)
            yield Segment("  ]" + closing)
        else:
            yield Segment(opening + _printed(value, "  ") + closing)
    if not names:
        yield Segment("{}")


def member_names(document: Document) -> list[str]:
    """The document's members in the order in which they are printed; unknown ones follow."""
    known = shapes.shape().members
    return [
        *(name for name in known if name in document),
        *(name for name in document if name not in known),
    ]


def _distributions(items: list[Any]) -> Iterator[Segment]:
    for index in range(len(items)):
        yield Segment(region_text(items, index), f"/distributions/{index}")


def region_text(items: list[Any], index: int) -> str:
    """The lines of the body that print the distribution of that index."""
    comma = "," if index < len(items) - 1 else ""
    return f"    {_distribution(json.dumps(items[index]))}{comma}\n"


@cached_by_text(maxsize=_REMEMBERED, max_length=_LARGEST_REMEMBERED)
def _distribution(text: str) -> str:
    """A distribution as the body prints it: printing anew costs ten times parsing."""
    return _printed(in_api_order(json.loads(text), shapes.shape("Distribution")), "    ")


def _printed(value: Any, indent: str) -> str:
    """JSON text whose further lines are indented: no string holds a line break of its own."""
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + indent)


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
