"""The largest draft: ten times what the API allows in one place, and 120,000 values in all.

A Region can have some 10,000; 1,536 accounts in two lists of each of 34 Regions are 104,000.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from distui.core.caching import ParsedDict
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes
from distui.core.text.pluralize import pluralize

MAX_REGIONS = 200
MAX_VALUES = 120_000  # structures, lists and what is in them
_FACTOR = 10
_MAX_ITEMS = 100  # of a list that the API doesn't limit
_MAX_LENGTH = 1024  # characters of a string that the API doesn't limit
_MAX_MEMBERS = 200  # of a structure, unknown ones included
_MAX_ROW = 20_000  # characters of a key and its value; the API allows 384
_MAX_UNKNOWN = 250_000  # characters of an unknown member or a value of a wrong type

Excess = tuple[str, str]  # a pointer, and a message


def first_excess(document: Any) -> Excess | None:
    """Return the first place with more than a draft can hold, and a message; None if it fits.

    The work is bounded: nothing is looked at inside of what is too large.
    """
    excess = next(_excesses(document, shapes.shape(), None, ()), None)
    if excess or _most_values(document) <= MAX_VALUES or (count := _count(document)) <= MAX_VALUES:
        return excess
    return _excess((), count, "value", MAX_VALUES)


def _most_values(document: Any) -> int:
    """Return a number that the document's values don't exceed, mostly without counting them."""
    regions = document.get("distributions") if isinstance(document, dict) else None
    if not isinstance(regions, list):
        return _count(document)
    rest = {name: value for name, value in document.items() if value is not regions}
    # A value in a JSON text has at least two characters: "[0,0]".
    stored = [len(one.text) // 2 + 1 for one in regions if isinstance(one, ParsedDict)]
    edited = [_count(one) for one in regions if not isinstance(one, ParsedDict)]
    return _count(rest) + sum(stored) + sum(edited) + 1


def _count(value: Any) -> int:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_count, items))


def _excesses(
    value: Any, shape: shapes.Shape, member: shapes.Member | None, path: Path
) -> Iterator[Excess]:
    if shape.kind == "object" and isinstance(value, dict):
        yield from _in_members(value, shape, path)
        return
    limit = _limit(shape, member, path)
    match shape.kind, value:
        case "map", dict() | list():
            yield from _in_map(value, limit, path)
        case "array", list():
            yield from _in_items(value, shape, limit, path)
        case _, str() if len(value) > limit:
            yield _excess(path, len(value), "character", limit)
        case _, dict() | list() if (length := len(repr(value))) > _MAX_UNKNOWN:
            yield _excess(path, length, "character", _MAX_UNKNOWN)


def _in_members(value: dict[str, Any], shape: shapes.Shape, path: Path) -> Iterator[Excess]:
    if len(value) > _MAX_MEMBERS:
        yield _excess(path, len(value), "member", _MAX_MEMBERS)
    for name, item in value.items():
        known = shape.members.get(name)
        yield from _excesses(item, known.shape if known else _UNKNOWN, known, (*path, name))


def _in_map(value: dict[str, Any] | list[Any], limit: int, path: Path) -> Iterator[Excess]:
    if len(value) > limit:
        yield _excess(path, len(value), "entry", limit, "entries")
    for row in value.items() if isinstance(value, dict) else value:
        length = len(str(row))
        if length > _MAX_ROW:
            yield _excess(path, length, "character", _MAX_ROW)


def _in_items(value: list[Any], shape: shapes.Shape, limit: int, path: Path) -> Iterator[Excess]:
    if len(value) > limit:
        noun, nouns = ("Region", "") if path == ("distributions",) else ("entry", "entries")
        yield _excess(path, len(value), noun, limit, nouns)
    inner = shape.item or _UNKNOWN
    all_strings = {*map(type, value)} <= {str}
    if all_strings and max(map(len, value), default=0) <= _limit(inner, None, path):
        return
    for index, item in enumerate(value):
        if not isinstance(item, ParsedDict):  # a Region as it is stored was checked before
            yield from _excesses(item, inner, None, (*path, index))


_UNKNOWN = shapes.Shape("", "string")


def _limit(shape: shapes.Shape, member: shapes.Member | None, path: Path) -> int:
    """Return the largest number of characters, items or entries."""
    if path == ("distributions",):
        return MAX_REGIONS
    keyword, default = {
        "array": ("maxItems", _MAX_ITEMS),
        "map": ("maxProperties", _MAX_ITEMS),
    }.get(shape.kind, ("maxLength", _MAX_LENGTH))
    return _FACTOR * ((member or shape).limit(keyword) or default)


def _excess(path: Path, count: int, noun: str, limit: int, nouns: str = "") -> Excess:
    text = f"{pluralize(count, noun, nouns)} exceed a draft's maximum of {limit:,}."
    return pointer(path), text
