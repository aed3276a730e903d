"""Import a document as a draft. Nothing is lost, and nothing is changed without a notice."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from distui.builder.state.draft_state import DraftState, dump_state
from distui.builder.state.import_steps import STEPS, with_regions
from distui.core.document import bounds, printing
from distui.core.document.parse_error import ParseError
from distui.core.document.unresolved import marked
from distui.core.formats import reader
from distui.core.formats.reading import Reading, Repair, Unresolved
from distui.core.formats.undo import undo_repairs
from distui.core.pointers import tokens
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


def read_document(text: str | bytes) -> Imported:
    """Return the draft's state for a text that ``reader.read`` can read.

    Invalid values, unknown members and values of a wrong type are kept: they become findings of
    the draft. Raises ``ParseError`` if the text isn't a JSON object or is too large for a draft.
    """
    if not text.strip():
        raise ParseError("Paste a document or choose a file.")
    return _imported(reader.read_object(text))


def read_documents(text: str | bytes, undone: Collection[str] = ()) -> list[Imported]:
    """Return the state of each configuration in a text. Raises ``ParseError``.

    ``undone`` has the number of a configuration and the key of a change of it: ``0.r3``.
    """
    readings = reader.read_all(text)
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
    for found in reading.unresolved:
        _mark(value, found)
    changes = [_change(index, repair) for index, repair in enumerate(reading.repairs)]
    for name, step in STEPS.items():
        after, notice = step.apply(value)
        value = value if step.is_optional and name in undone else after
        notices += [notice] if notice else []
        changes += [Change(name if step.is_optional else "", notice)] if notice else []
    if undone:
        keys = {change.key for change in changes if change.key in undone}
        repairs = [one for i, one in enumerate(reading.repairs) if f"r{i}" in keys]
        value = with_regions(undo_repairs(value, repairs))[0]
    state = printing.in_api_order(value, shapes.shape())
    return Imported(state, tuple(notices), tuple(changes), reading)


def _change(index: int, repair: Repair) -> Change:
    """Return the change of a repair; no draft has an empty value, or Regions outside of a list."""
    is_value = repair.written is not None and not _REGIONS.fullmatch(repair.pointer)
    key = f"r{index}" if repair.pointer and (repair.name or is_value) else ""
    return Change(key, repair.message, repair.pointer, repair.line)


def _mark(document: Any, found: Unresolved) -> None:
    """Put an unresolved expression at its place; parents that aren't there yet are added."""
    *parents, last = tokens(found.pointer)
    value, text = document, marked(found.expression)
    for name, below in zip(parents, [*parents[1:], last], strict=False):
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict):
            value = value.setdefault(name, [] if below.isdigit() else {})
        else:
            return  # a notice says it
    if isinstance(value, list):
        value.insert(int(last), text)
    elif isinstance(value, dict):
        value[last] = text
