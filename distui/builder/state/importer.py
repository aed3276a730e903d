"""Import a document as a draft. Nothing is lost, and nothing is changed without a notice."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from distui.builder.state.draft_state import DraftState, dump_state
from distui.builder.state.import_steps import STEPS, with_regions
from distui.core.document import bounds, printing
from distui.core.document.parse_error import ParseError
from distui.core.document.unresolved import marked, marked_items, place_in_state
from distui.core.formats import reader
from distui.core.formats.reading import Reading, Repair, Unresolved
from distui.core.formats.undo import undo_repairs
from distui.core.pointers import pointer, tokens
from distui.core.schema import shapes

_REGIONS = re.compile("/distributions(/[0-9]+)?")  # always a list of objects


@dataclass(frozen=True, slots=True)
class Change:
    """A change to what the text says; ``key`` asks for it to be undone, "" if it can't be."""

    key: str
    message: str
    pointer: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft's state, and notices of what was changed or removed.

    ``changes`` are those that can be undone one by one, in the order of the text, then those of
    the whole document. ``reading`` says what else the format had.
    """

    state: DraftState
    notices: tuple[str, ...]
    changes: tuple[Change, ...]
    reading: Reading

    @property
    def text(self) -> str:
        """Return the state as a draft stores it."""
        return dump_state(self.state)

    @property
    def is_as_written(self) -> bool:
        """Return True for a request that is imported as it is."""
        found = self.reading
        return found.kind == "api" and not (self.changes or found.notices or found.unresolved)


def read_documents(
    text: str | bytes, undone: Collection[str] = (), pseudo: Mapping[str, str] | None = None
) -> list[Imported]:
    """Return the state of each configuration in a text that ``reader.read_all`` can read.

    Invalid values, unknown members and values of a wrong type are kept: they become findings of
    the draft. ``undone`` has the number of a configuration and the key of a change of it.
    ``pseudo`` are known pseudo parameters. Raises ``ParseError``, also if one isn't a JSON object
    or is too large for a draft.
    """
    if not text.strip():
        raise ParseError("The document is empty.")
    readings = reader.read_all(text, pseudo=pseudo or {})
    return [
        _imported(
            reader.as_object(reading),
            [key.removeprefix(f"{index}.") for key in undone if key.startswith(f"{index}.")],
        )
        for index, reading in enumerate(readings)
    ]


def _imported(reading: Reading, undone: Collection[str] = ()) -> Imported:
    if excess := bounds.first_excess(reading.document):
        raise ParseError(f"{excess[0] or 'The document'}: {excess[1]}")
    value, notices = copy.deepcopy(reading.document), [*reading.all_notices]
    # Members before the items that are inserted above them and change their index.
    for found in sorted(reading.unresolved, key=lambda one: -one.pointer.count("/")):
        _mark(value, found)
    keys, items = _keys(reading.repairs), marked_items(value) if reading.unresolved else {}
    repairs = [replace(r, pointer=place_in_state(r.pointer, items)) for r in reading.repairs]
    changes = [_change(key, repair) for key, repair in zip(keys, repairs, strict=True)]
    for name, step in STEPS.items():
        after, notice = step.apply(value)
        value = value if step.is_optional and name in undone else after
        notices += [notice] if notice else []
        changes += [Change(name if step.is_optional else "", notice)] if notice else []
    if undone:
        can_undo = {change.key for change in changes if change.key in undone}
        chosen = [one for key, one in zip(keys, repairs, strict=True) if key in can_undo]
        value = with_regions(undo_repairs(value, chosen))[0]
    state = printing.in_api_order(value, shapes.shape())
    return Imported(state, tuple(notices), tuple(changes), reading)


def _keys(repairs: Sequence[Repair]) -> list[str]:
    """Return a key of each repair that stays the same if others are added elsewhere."""
    seen: Counter[str] = Counter()
    keys = []
    for repair in repairs:
        place = f"{repair.line}-{repair.column}"
        keys.append(f"{place}-{seen[place]}")
        seen[place] += 1
    return keys


def _change(key: str, repair: Repair) -> Change:
    """Return the change of a repair; no draft has an empty value, or Regions outside of a list."""
    is_value = repair.written is not None and not _REGIONS.fullmatch(repair.pointer)
    can_undo = bool(repair.pointer) and (bool(repair.name) or is_value)
    return Change(key if can_undo else "", repair.message, repair.pointer, repair.line)


def _mark(document: Any, found: Unresolved) -> None:
    """Put an unresolved expression at its place; parents that aren't there yet are added."""
    *parents, last = path = tokens(found.pointer)
    value, text = document, marked(found.expression)
    for depth, name in enumerate(parents, 1):
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict):
            shape = shapes.shape_at(pointer(path[:depth]))
            value = value.setdefault(name, [] if shape and shape.kind == "array" else {})
        else:
            return  # a notice says it
    if isinstance(value, list):
        value.insert(int(last), text)
    elif isinstance(value, dict):
        value[last] = text
