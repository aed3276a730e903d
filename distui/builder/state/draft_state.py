"""The state of a draft: a document in which a map may also be a list of rows.

While keys are being typed, two rows may have the same key, or none yet, which no JSON object can
represent. Such a map is stored as ``[[key, value], …]``. ``to_document`` returns the request's
document; ``duplicate_key_findings`` reports repeated keys.

An expression of an imported file that has no value is kept as a marked text (see
``core/document/unresolved.py``), which the document doesn't have.

Unknown members and values of a wrong type are kept as they were imported, so that findings can say
what is wrong with them. Only ``distributions`` is always a list of objects.

A state is stored as JSON with one line per Region, so that unchanged Regions are not parsed again.
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
from distui.core.document.unresolved import has_marked, is_marked
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes
from distui.core.schema.keyword_rules import DUPLICATE

DraftState = dict[str, Any]
Rows = list[tuple[str, Any]]

EMPTY = '{"distributions": []}'  # the text of a draft that says nothing
_MEANINGFUL = "AmiDistributionConfiguration"  # empty, it asks for an AMI
_OPENING, _CLOSING = '"distributions": [', "]}"


def dump_state(state: DraftState) -> str:
    r"""Return the state as text, members in the API's order: a line a Region, one for the rest.

    A line contains no line break: JSON writes those of a text as ``\n``.
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


@cached_by_text(maxsize=32, max_length=2_000_000, max_total=2_000_000)
def load_state(text: str) -> DraftState:
    """Return the state that the text holds. It is shared and can't be changed."""
    state, lines = split_lines(text)
    if not lines:
        return FrozenDict(freeze(state))
    regions = FrozenList(map(load_region, lines))
    return FrozenDict(freeze(without_distributions(state)) | {"distributions": regions})


@cached_by_text(maxsize=1024, max_length=250_000, max_total=2_000_000)
def load_region(line: str) -> DraftState:
    """Return a Region's state, the same object for the same text. It can't be changed."""
    return ParsedDict.parse(line)


def without_distributions(state: DraftState) -> DraftState:
    """Return the members of the state other than its Regions."""
    return {name: value for name, value in state.items() if name != "distributions"}


def same_text(one: DraftState, other: DraftState) -> bool:
    """Return True if both have the same JSON, order included. Shared Regions cost nothing."""
    if json.dumps(without_distributions(one)) != json.dumps(without_distributions(other)):
        return False
    if ("distributions" in one) != ("distributions" in other):
        return False
    pairs = zip_longest(one.get("distributions", ()), other.get("distributions", ()))
    return all(a is b or json_text(a) == json_text(b) for a, b in pairs)


def map_rows(value: Any) -> Rows:
    """Return the rows of a map, which is an object or a list of rows; none of another value."""
    if isinstance(value, dict):
        return [*value.items()]
    return [(key, item) for key, item in value] if is_map(value) else []


def is_map(value: Any) -> bool:
    """Return True for an object, and for a list of rows that represents one."""
    return isinstance(value, dict) or (isinstance(value, list) and all(map(_is_row, value)))


def _is_row(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[0], str)


def rows_to_map(rows: Rows) -> Any:
    """Return the rows as an object if their keys are unique and not empty, else as lists."""
    keys = [key for key, _ in rows]
    fits_object = len(set(keys)) == len(keys) and "" not in keys
    return dict(rows) if fits_object else [list(row) for row in rows]


def to_document(value: Any, shape: shapes.Shape | None = None) -> Any:
    """Return the document: rows become objects, blank rows and empty optional values are omitted.

    Of rows with the same key the first one is taken. An empty structure that is included stays:
    that is a finding and not ours to drop.
    """
    shape = shape or shapes.shape()
    if shape.kind == "map" and is_map(value):
        first: dict[str, Any] = {}
        for key, item in map_rows(value):
            if (key, item) != ("", "") and not is_marked(item):
                first.setdefault(key, item)
        return first
    if shape.item and isinstance(value, list):
        return [to_document(item, shape.item) for item in value if not is_marked(item)]
    if shape.kind == "object" and isinstance(value, dict):
        members = shape.members
        inner = {
            name: to_document(item, members[name].shape) if name in members else item
            for name, item in value.items()
            if not _has_no_value(item, members.get(name))
        }
        return {
            name: item
            for name, item in inner.items()
            if item not in ("", [], {}) or _may_be_empty(members.get(name))
        }
    return "" if is_marked(value) else value


def _has_no_value(value: Any, member: shapes.Member | None) -> bool:
    """Return True for an expression, and for a structure with nothing but expressions.

    A required text stays, as an empty one. An empty AMI block has a meaning.
    """
    if member and member.required and member.shape.kind == "string":
        return False
    if is_marked(value) or member is None:
        return is_marked(value)
    is_structure = member.shape.kind == "object" and member.shape.name != _MEANINGFUL
    if not is_structure or not isinstance(value, dict) or not has_marked(value):
        return False
    return not to_document(value, member.shape)


def _may_be_empty(member: shapes.Member | None) -> bool:
    return member is None or member.required or member.shape.kind == "object"


def duplicate_key_findings(state: DraftState, shape: shapes.Shape | None = None) -> list[Finding]:
    """Return a finding for each key that a map has more than once."""
    return [
        Finding(
            DUPLICATE.id,
            Severity.ERROR,
            pointer((*path, key)),
            f"Duplicate key “{key}” in {count} rows. Use each key once.",
        )
        for path, rows in _maps(state, shape or shapes.shape(), ())
        for key, count in Counter(key for key, value in rows if (key, value) != ("", "")).items()
        if count > 1
    ]


def _maps(value: Any, shape: shapes.Shape, path: Path) -> Iterator[tuple[Path, Rows]]:
    """Yield the path and the rows of every map in the value."""
    if shape.kind == "map":
        yield path, map_rows(value)
    elif isinstance(value, list) and shape.item and shape.item.members:
        for index, item in enumerate(value):
            yield from _maps(item, shape.item, (*path, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in shape.members:
                yield from _maps(item, shape.members[name].shape, (*path, name))
