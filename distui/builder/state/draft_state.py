"""What a draft holds: a document, save that a map may be rows while its keys are being written.

Two rows with one key, or none yet, fit no JSON object; kept as ``[[key, value], …]`` they lose
nothing. ``to_document`` makes the request's document of it, ``duplicate_key_findings`` reports
keys that repeat.
It is kept as JSON with a line for each Region: those that were read before are not read again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from distui.core import Finding, Severity
from distui.core.caching import cached_by_text
from distui.core.document.printing import in_api_order
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

DraftState = dict[str, Any]
Rows = list[tuple[str, str]]


_OPENING, _CLOSING = '"distributions": [', "]}"


def dump_state(state: DraftState) -> str:
    """The state written down, members in the API's order: a line for each Region, one around them.

    No line break stands within a line: JSON writes those of a text as ``\\n``.
    """
    around = json.dumps(in_api_order(without_distributions(state), shapes.shape()))
    if "distributions" not in state:
        return around
    opening = f"{around[:-1]}{', ' if around != '{}' else ''}{_OPENING}"
    lines = ",\n".join(_line(json.dumps(item)) for item in state["distributions"])
    return f"{opening}\n{lines}\n{_CLOSING}" if lines else opening + _CLOSING


@cached_by_text(maxsize=1024, max_length=32_000)
def _line(text: str) -> str:
    return json.dumps(in_api_order(json.loads(text), shapes.shape("Distribution")))


def split_lines(text: str) -> tuple[DraftState, list[str]]:
    """What the text writes around the Regions, their list empty, and each Region's own text."""
    around, *lines = text.split("\n")
    if lines and lines.pop() == _CLOSING and around.endswith(_OPENING):
        return json.loads(around + _CLOSING), [line.removesuffix(",") for line in lines]
    state: DraftState = json.loads(text)
    if "distributions" not in state:
        return state, []
    return state | {"distributions": []}, [json.dumps(item) for item in state["distributions"]]


@cached_by_text(maxsize=16, max_length=1_000_000)
def load_state(text: str) -> DraftState:
    """The state that the text writes down. It is shared: nobody changes it."""
    state, lines = split_lines(text)
    return state | {"distributions": [*map(load_region, lines)]} if lines else state


@cached_by_text(maxsize=1024, max_length=32_000)
def load_region(line: str) -> DraftState:
    """A Region's state, the same object for the same text: nobody changes it."""
    state: DraftState = json.loads(line)
    return state


def without_distributions(state: DraftState) -> DraftState:
    """What stands outside the Regions."""
    return {name: value for name, value in state.items() if name != "distributions"}


def same_text(one: DraftState, other: DraftState) -> bool:
    """Whether both are written alike, in one order; the Regions that they share cost nothing."""
    if json.dumps(without_distributions(one)) != json.dumps(without_distributions(other)):
        return False
    if ("distributions" in one) != ("distributions" in other):
        return False
    pairs = zip_longest(one.get("distributions", ()), other.get("distributions", ()))
    return all(a is b or json.dumps(a) == json.dumps(b) for a, b in pairs)


def map_rows(value: Any) -> Rows:
    """A map's rows, whether it is held as an object or as rows."""
    pairs = value.items() if isinstance(value, dict) else value
    return [(key, item) for key, item in pairs]


def rows_to_map(rows: Rows) -> Any:
    """The rows as an object where one can hold them, else the rows."""
    keys = [key for key, _ in rows]
    plain = len(set(keys)) == len(keys) and "" not in keys
    return dict(rows) if plain else [list(row) for row in rows]


def to_document(value: Any, shape: shapes.Shape | None = None) -> Any:
    """The document: rows as objects, blank rows and empty optional values left out.

    Of rows with the same key the first stands. An included structure with nothing in it stays:
    that is a finding, not for us to drop.
    """
    shape = shape or shapes.shape()
    if shape.kind == "map":
        first: dict[str, str] = {}
        for key, item in map_rows(value):
            if (key, item) != ("", ""):
                first.setdefault(key, item)
        return first
    if isinstance(value, list) and shape.item:
        return [to_document(item, shape.item) for item in value]
    if isinstance(value, dict):
        inner = {name: to_document(item, shape.members[name].shape) for name, item in value.items()}
        return {
            name: item
            for name, item in inner.items()
            if item not in ("", [], {}) or _stays_empty(shape.members[name])
        }
    return value


def _stays_empty(member: shapes.Member) -> bool:
    return member.required or member.shape.kind == "object"


def duplicate_key_findings(state: DraftState, shape: shapes.Shape | None = None) -> list[Finding]:
    """Keys that stand twice in a map: what no document can say."""
    return [
        Finding(
            "L107",
            Severity.ERROR,
            pointer((*path, key)),
            f"The key “{key}” stands in {count} rows. Give each row a key of its own.",
        )
        for path, rows in _maps(state, shape or shapes.shape(), ())
        for key, count in Counter(key for key, value in rows if (key, value) != ("", "")).items()
        if count > 1
    ]


def _maps(value: Any, shape: shapes.Shape, path: Path) -> Iterator[tuple[Path, Rows]]:
    if shape.kind == "map":
        yield path, map_rows(value)
    elif isinstance(value, list) and shape.item and shape.item.members:
        for index, item in enumerate(value):
            yield from _maps(item, shape.item, (*path, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _maps(item, shape.members[name].shape, (*path, name))
