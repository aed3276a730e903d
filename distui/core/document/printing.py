"""Printing of the document: the exact request body, with members in the API's order."""

from __future__ import annotations

import json
from typing import Any

from distui.core.caching import cached_by_text, json_text
from distui.core.schema import shapes

Document = dict[str, Any]


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
    members = [
        f"  {_key(name)}: {_member(name, document[name])}" for name in member_names(document)
    ]
    return "{\n" + ",\n".join(members) + "\n}" if members else "{}"


def _member(name: str, value: Any) -> str:
    if name != "distributions" or not value or not isinstance(value, list):
        return _indented(value, "  ")
    last = len(value) - 1
    texts = (distribution_text(item, is_last=index == last) for index, item in enumerate(value))
    return f"[\n{''.join(texts)}  ]"


def member_names(document: Document) -> list[str]:
    """Return the document's members in the order in which they are printed."""
    known = shapes.shape().members
    return [
        *(name for name in known if name in document),
        *(name for name in document if name not in known),
    ]


def distribution_text(distribution: Any, *, is_last: bool) -> str:
    """Return the lines of the body that print the distribution."""
    return f"    {_distribution(json_text(distribution))}{'' if is_last else ','}\n"


@cached_by_text(maxsize=1024, max_length=250_000, max_total=5_000_000)
def _distribution(text: str) -> str:
    """Print a distribution given as JSON; printing takes ten times as long as parsing."""
    return _indented(in_api_order(json.loads(text), shapes.shape("Distribution")), "    ")


def _indented(value: Any, indent: str) -> str:
    """Print a value with all lines but the first indented; JSON strings have no line breaks."""
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + indent)


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
