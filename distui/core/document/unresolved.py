"""Expressions that have no value: ``var.key`` of an imported file, until a person enters one.

A draft keeps them as texts that begin with a mark, so that they move, are undone and are typed over
like any value. The request's document doesn't have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from distui.core.findings import Finding, Severity
from distui.core.pointers import Path, pointer, tokens
from distui.core.schema import shapes
from distui.core.schema.keyword_rules import UNRESOLVED

_MARK, _END = "<unresolved: ", ">"


def marked(expression: str) -> str:
    """Return the text that a draft keeps for an expression."""
    return f"{_MARK}{expression}{_END}"


def is_marked(value: Any) -> bool:
    """Return True for the text of an expression."""
    return isinstance(value, str) and value.startswith(_MARK)


def without_mark(text: str) -> str:
    """Return the expression in the text that a draft keeps for it; any other text as it is."""
    return text.removeprefix(_MARK).removesuffix(_END) if is_marked(text) else text


def has_marked(value: Any) -> bool:
    """Return True if there is an expression anywhere in the value."""
    return next(_marked_in(value, ()), None) is not None


def unresolved_finding(place: str, expression: str) -> Finding:
    """Return the finding of an expression, which blocks submitting.

    Its fix removes an optional member or an item.
    """
    parent, _, name = place.rpartition("/")
    shape = shapes.shape_at(parent)
    is_required = shape is not None and name in shape.members and shape.members[name].required
    return Finding(
        UNRESOLVED.id,
        Severity.ERROR,
        place,
        f"{expression} has no value here. Enter {'one' if is_required else 'one, or remove it'}.",
        why=UNRESOLVED.why,
        fix=() if is_required else ({"op": "remove", "path": place},),
    )


def unresolved_findings(state: Any, path: Path = (), text: str = _MARK) -> list[Finding]:
    """Return the findings of a draft's state, or of the part of it at a path.

    ``text`` is the JSON of it, if it is known: without the mark, nothing is looked at.
    """
    if _MARK not in text:
        return []
    return [
        unresolved_finding(pointer(path), without_mark(text))
        for path, text in _marked_in(state, path)
    ]


def replacing(found: Iterable[Finding], unresolved: list[Finding]) -> list[Finding]:
    """Return the findings, of the values of unresolved expressions only theirs."""
    if not unresolved:
        return [*found]
    places = {finding.pointer for finding in unresolved}
    return [*unresolved, *(finding for finding in found if not finding.is_about(places))]


def marked_items(state: Any) -> dict[str, list[int]]:
    """Return the indices of the items that are expressions, by the pointers of their lists."""
    found: dict[str, list[int]] = {}
    for path, _ in _marked_in(state, ()):
        if path and isinstance(path[-1], int):
            found.setdefault(pointer(path[:-1]), []).append(path[-1])
    return found


def place_in_state(place: str, items: Mapping[str, Sequence[int]]) -> str:
    """Return a place of the document as one of the state, which has these ``items`` too."""
    found: list[str] = []
    for token in tokens(place):
        for index in items.get(pointer(found), ()):
            token = str(int(token) + (index <= int(token))) if token.isdecimal() else token
        found.append(token)
    return pointer(found)


def in_state(
    findings: Iterable[Finding], state: Any, unresolved: Sequence[Finding]
) -> list[Finding]:
    """Return a document's findings and their fixes at their places in the state."""
    items = marked_items(state) if unresolved else {}
    return [_in_state(one, items) for one in findings] if items else [*findings]


def _in_state(found: Finding, items: Mapping[str, Sequence[int]]) -> Finding:
    fixes = [
        tuple(
            {
                key: place_in_state(value, items) if key in ("path", "from") else value
                for key, value in step.items()
            }
            for step in fix
        )
        for fix in found.fixes
    ]
    place = place_in_state(found.pointer, items)
    return replace(found, pointer=place, fix=fixes[0] if fixes else (), more_fixes=(*fixes[1:],))


def _marked_in(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if is_marked(value):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _marked_in(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _marked_in(item, (*path, index))
