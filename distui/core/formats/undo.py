"""Repairs that a person takes back: the document with these values as they are written."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from distui.core.formats.reading import Repair
from distui.core.pointers import pointer, tokens, value_at


def undo_repairs(document: Any, repairs: Sequence[Repair]) -> Any:
    """Return the document without these repairs of its reading, which are in the reading's order.

    The innermost come first, so that the pointers of the others stay as they are.
    """
    changed = copy.deepcopy(document)
    depths = [(repair.pointer.count("/"), index) for index, repair in enumerate(repairs)]
    for _, index in sorted(depths, reverse=True):
        _undo(changed, repairs[index])
    return changed


def _undo(document: Any, repair: Repair) -> None:
    *parents, last = tokens(repair.pointer)
    container = value_at(document, pointer(parents), None)
    if isinstance(container, dict):
        _write_member(container, last, repair)
    elif isinstance(container, list) and last.isdecimal() and int(last) < len(container):
        container[int(last)] = repair.written


def _write_member(container: dict[str, Any], member: str, repair: Repair) -> None:
    if not repair.name:
        container[member] = repair.written
    elif repair.name not in container:
        renamed = [(repair.name if key == member else key, item) for key, item in container.items()]
        container.clear()
        container.update(renamed)
