"""Findings below members that are misspelled or at the wrong place.

The schema says nothing of an unknown member's content. If the member's finding has a fix that moves
it, the document is checked once more with it there.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from distui.core.findings import Finding
from distui.core.pointers import pointer, resolve, tokens, value_at
from distui.core.schema.keyword_rules import UNKNOWN

Move = tuple[str, str]  # from a pointer to another one
_MAX_ROUNDS = 6  # levels of a request: each round can find members to move in the next one


def findings_below(
    document: Any, found: Sequence[Finding], check: Callable[[Any], list[Finding]]
) -> list[Finding]:
    """Return what ``check`` finds inside of the members that ``found`` would move.

    Pointers and fixes are those of the given document, which does not change.
    """
    done: list[Move] = []
    names: list[Finding] = []  # of the members that a later round moves
    moved = document
    for _ in range(_MAX_ROUNDS):
        moves = [*_possible_moves(moved, found)]
        if not moves:
            break
        names += [f for f in _moved_back(found, done) if f.rule == UNKNOWN]
        moved = copy.deepcopy(moved)
        for move in moves:
            if _can_move(moved, move):  # a move before it can have put a value in its way
                _apply(moved, move)
                done.append(move)
        found = check(moved)
    if not done:
        return []
    unique = {(f.rule, f.pointer): f for f in (*names, *_moved_back(found, done))}
    return [*unique.values()]


def _possible_moves(document: Any, found: Sequence[Finding]) -> Iterator[Move]:
    """Yield the moves to places where nothing is yet, at most one to each."""
    taken = set()
    for finding in found:
        for step in finding.fix if finding.rule == UNKNOWN else ():
            if step["op"] == "move" and step["path"] not in taken:
                move = step["from"], step["path"]
                if _can_move(document, move):
                    taken.add(move[1])
                    yield move


def _can_move(document: Any, move: Move) -> bool:
    """Return True if the place is free; its parent may be missing, the fix creates it."""
    old, new = move
    *parents, _ = tokens(new)
    places = [pointer(parents[: depth + 1]) for depth in range(len(parents))]
    above = [value_at(document, place, {}) for place in places]
    is_there = value_at(document, old, None) is not None
    is_free = value_at(document, new, None) is None
    return is_there and is_free and all(isinstance(value, dict | list) for value in above)


def _apply(document: Any, move: Move) -> None:
    (*old_parents, old), (*new_parents, new) = map(tokens, move)
    value = resolve(document, pointer(old_parents)).pop(old)
    parent = document
    for token in new_parents:
        parent = parent[int(token)] if isinstance(parent, list) else parent.setdefault(token, {})
    parent[new] = value


def _moved_back(found: Sequence[Finding], done: list[Move]) -> Iterator[Finding]:
    """Yield the findings inside of moved members, as those of the document before the moves."""
    for finding in found:
        original = _original(finding.pointer, done)
        if original != finding.pointer:
            fixes = [
                tuple(
                    step
                    | {key: _original(step[key], done) for key in ("from", "path") if key in step}
                    for step in fix
                )
                for fix in finding.fixes
            ]
            yield replace(finding, pointer=original).with_fixes(fixes)


def _original(place: str, done: list[Move]) -> str:
    for old, new in reversed(done):
        if f"{place}/".startswith(f"{new}/"):
            place = old + place[len(new) :]
    return place
