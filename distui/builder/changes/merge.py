"""Three-way merge of draft states: the page's own and the one saved in between."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Literal, TypeAlias, TypeVar

from distui.builder.changes.diff import is_row_list, keyed_rows
from distui.core.pointers import Path, pointer

_ABSENT: Any = object()
# The member that identifies a launch template, an SSM parameter or a fast launch in its list.
_ROW_IDENTITY = ("launchTemplateId", "parameterName", "accountId", "amiAccountId")

Side = Literal["mine", "theirs"]
T = TypeVar("T")
Sides: TypeAlias = tuple[T, T, T]  # base, mine, theirs


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged state, and the places that both sides changed: pointers, Regions by their code."""

    state: Any
    conflicts: list[str] = field(default_factory=list)


def merge(base: Any, mine: Any, theirs: Any, *, prefer: Side = "mine") -> Merge:
    """Merge two states that are based on ``base``; at a conflict the preferred side wins.

    Regions are matched by their code, in any order. Rows of other lists are matched by
    their number, and only as long as both sides leave the rows in place: a row that one side
    replaced and the other one edited is a conflict.
    """
    merger = _Merger(prefer)
    return Merge(merger.merge(base, mine, theirs, ()), merger.conflicts)


class _Merger:
    def __init__(self, prefer: Side) -> None:
        self.prefer = prefer
        self.conflicts: list[str] = []

    def merge(self, base: Any, mine: Any, theirs: Any, path: Path) -> Any:
        if _same(theirs, base) or _same(theirs, mine):
            return mine
        if _same(mine, base):
            return theirs
        if base is _ABSENT and type(mine) is type(theirs) in (dict, list):
            base = type(mine)()  # both sides added it
        if all(isinstance(value, dict) for value in (base, mine, theirs)):
            return self._members((base, mine, theirs), path)
        if all(map(is_row_list, (base, mine, theirs))):
            return self._rows((base, mine, theirs), path)
        return self._conflict(mine, theirs, path)

    def _conflict(self, mine: Any, theirs: Any, path: Path) -> Any:
        self.conflicts.append(pointer(path))
        return mine if self.prefer == "mine" else theirs

    def _members(self, sides: Sides[dict[str, Any]], path: Path) -> dict[str, Any]:
        merged = {}
        for name in _merged_order(*sides):
            base, mine, theirs = (side.get(name, _ABSENT) for side in sides)
            merged[name] = self.merge(base, mine, theirs, (*path, name))
        return {name: value for name, value in merged.items() if value is not _ABSENT}

    def _rows(self, sides: Sides[list[Any]], path: Path) -> Any:
        base, mine, theirs = sides
        if path == ("distributions",):
            old, own, other = (dict(keyed_rows(side)) for side in sides)
            return [*self._members((old, own, other), path).values()]
        if min(len(mine), len(theirs)) < len(base) or len(mine) > len(base) < len(theirs):
            return self._conflict(mine, theirs, path)
        rows = [self._row(*row, path) for row in _numbered(sides)]
        return [row for row in rows if row is not _ABSENT]

    def _row(self, base: Any, mine: Any, theirs: Any, path: Path) -> Any:
        """Merge one row by its members, unless one side has put another row in its place."""
        touched = not (_same(mine, base) or _same(theirs, base) or _same(mine, theirs))
        if touched and len({_identity(row) for row in (base, mine, theirs)}) > 1:
            return self._conflict(mine, theirs, path)
        return self.merge(base, mine, theirs, path)


def _same(one: Any, other: Any) -> bool:
    """Return True if both are equal and written in the same order."""
    if one is other:
        return True
    if one is _ABSENT or other is _ABSENT or one != other:
        return False
    return json.dumps(one) == json.dumps(other)


def _identity(row: dict[str, Any]) -> str:
    return json.dumps([row.get(name) for name in _ROW_IDENTITY])


def _numbered(sides: Sides[list[Any]]) -> Iterable[Sides[Any]]:
    """Return the rows of each number, ``_ABSENT`` where a side has fewer."""
    return zip_longest(*sides, fillvalue=_ABSENT)


def _merged_order(base: Iterable[str], mine: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Return all names in the order of ``theirs``; one only in ``mine`` follows its predecessor."""
    if [*theirs] == [*base]:
        return [*mine, *(name for name in theirs if name not in mine)]
    names, previous = [*theirs], -1
    for name in mine:
        if name in names:
            previous = names.index(name)
        else:
            previous += 1
            names.insert(previous, name)
    return names
