"""What one page changed, done to what another one has saved meanwhile."""

from __future__ import annotations

from typing import Any

from distui.builder.changes.diff import are_rows, keyed_rows

_NOTHING: Any = object()


def merge(base: Any, mine: Any, theirs: Any) -> Any:
    """``theirs`` with all that differs between ``base`` and ``mine``.

    Where both changed one value, mine stands. Regions are matched by their code, other rows by
    their number.
    """
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    if all(isinstance(value, dict) for value in (base, mine, theirs)):
        return _members(base, mine, theirs)
    if all(map(are_rows, (base, mine, theirs))):
        return [*_members(*(dict(keyed_rows(rows)) for rows in (base, mine, theirs))).values()]
    return mine


def _members(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    names = [*theirs, *(name for name in mine if name not in theirs)]
    if set(mine) == set(theirs) and [*theirs] == [*base]:
        names = [*mine]
    found = {
        name: merge(*(values.get(name, _NOTHING) for values in (base, mine, theirs)))
        for name in names
    }
    return {name: value for name, value in found.items() if value is not _NOTHING}
