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
from distui.core.caching import (
    FrozenDict,
    FrozenList,
    ParsedDict,
    cached_by_text,
    freeze,
    json_text,
)
from distui.core.document.printing import in_api_order
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

DraftState = dict[str, Any]
Rows = list[tuple[str, str]]

EMPTY = '{"distributions": []}'  # the text of a draft that says nothing
_OPENING, _CLOSING = '"distributions": [', "]}"


def dump_state(state: DraftState) -> str:
    """Return the state as text, members in the API's order: a line a Region, one for the rest.

    No line break stands within a line: JSON writes those of a text as ``\\n``.
    """
    rest = json.dumps(in_api_order(without_distributions(state), shapes.shape()))
    if "distributions" not in state:
        return rest
    opening = f"{rest[:-1]}{', ' if rest != '{}' else ''}{_OPENING}"
    lines = ",\n".join(map(_line, state["distributions"]))
    return f"{opening}\n{lines}\n{_CLOSING}" if lines else opening + _CLOSING


def _line(region: DraftState) -> str:
    if isinstance(region, ParsedDict):
        return region.text
    return json.dumps(in_api_order(region, shapes.shape("Distribution")))


def split_lines(text: str) -> tuple[DraftState, list[str]]:
    """Return what the text says outside of Regions, their list empty, and each Region's text."""
    rest, *lines = text.split("\n")
    if lines and lines.pop() == _CLOSING and rest.endswith(_OPENING):
        return json.loads(rest + _CLOSING), [line.removesuffix(",") for line in lines]
    state: DraftState = json.loads(text)
    if "distributions" not in state:
        return state, []
    return state | {"distributions": []}, [*map(_line, state["distributions"])]


@cached_by_text(answers=16, longest=1_000_000)
def load_state(text: str) -> DraftState:
    """Return the state that the text holds. It is shared and can't be changed."""
    state, lines = split_lines(text)
    if not lines:
        return FrozenDict(freeze(state))
    regions = FrozenList(map(load_region, lines))
    return FrozenDict(freeze(without_distributions(state)) | {"distributions": regions})


@cached_by_text(answers=1024, longest=32_000)
def load_region(line: str) -> DraftState:
    """Return a Region's state, the same object for the same text. It can't be changed."""
    return ParsedDict.parse(line)


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
    return all(a is b or json_text(a) == json_text(b) for a, b in pairs)


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
