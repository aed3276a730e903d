"""Printing of the document: the exact request body, with members in the API's order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.core.caching import cached_by_text, json_text
from distui.core.schema import shapes

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """Whole lines of the request body; ``pointer`` is that of the distribution they print."""

    text: str
    pointer: str = ""


def in_api_order(value: Any, expected: shapes.Shape) -> Any:
    """Return the value with its members in the API's order, then unknown ones; maps are kept."""
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
    """Return the request body: the text that is shown, hashed, stored and sent."""
    return "".join(segment.text for segment in segments(document))


def segments(document: Document) -> Iterator[Segment]:
    """Yield the request body in segments, one for each distribution.

    Pages can show, fold or update one distribution without the others.
    """
    names = member_names(document)
    for name in names:
        value, last = document[name], name == names[-1]
        start = ("{\n" if name == names[0] else "") + f"  {_key(name)}: "
        end = "\n}" if last else ",\n"
        if name == "distributions" and value and isinstance(value, list):
            yield Segment(start + "[\n")
            for index in range(len(value)):
                yield Segment(region_text(value, index), f"/distributions/{index}")
            yield Segment("  ]" + end)
        else:
            yield Segment(start + _indented(value, "  ") + end)
    if not names:
        yield Segment("{}")


def member_names(document: Document) -> list[str]:
    """Return the document's members in the order in which they are printed."""
    known = shapes.shape().members
    return [
        *(name for name in known if name in document),
        *(name for name in document if name not in known),
    ]


def _distributions(items: list[Any]) -> Iterator[Segment]:
    for index, item in enumerate(items):
        text = distribution_text(item, is_last=index == len(items) - 1)
        yield Segment(text, f"/distributions/{index}")


def distribution_text(distribution: Any, *, is_last: bool) -> str:
    """Return the lines of the body that print the distribution."""
    return f"    {_distribution(json_text(distribution))}{'' if is_last else ','}\n"


@cached_by_text(maxsize=1024, max_length=32_000)  # some 30 documents of 34 Regions
def _distribution(text: str) -> str:
    """Print a distribution given as JSON; printing takes ten times as long as parsing."""
    return _indented(in_api_order(json.loads(text), shapes.shape("Distribution")), "    ")


def _indented(value: Any, indent: str) -> str:
    """Print a value with all lines but the first indented; JSON strings have no line breaks."""
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + indent)


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
