"""Keys that an object of a JSON text has more than once: the last value is taken, none is lost."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from distui.core.document.strict_json import DuplicateKey, may_repeat
from distui.core.formats.readers.api_json import Frame
from distui.core.formats.reading import Repair
from distui.core.formats.syntax.json_text import offsets
from distui.core.formats.syntax.nodes import Places
from distui.core.pointers import Path, pointer
from distui.core.text.characters import quoted

_MAX_REPORTED = 100

Repairs = tuple[Repair, ...]


class _Object(dict[str, Any]):
    """An object, and in ``pairs`` all its entries if a key is among them more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs if len(self) < len(pairs) else []


def find_duplicates(text: str, error: DuplicateKey) -> Repairs:
    """Return a repair for each entry that isn't taken, with pointers of the text's value.

    ``strict_json.parse`` accepts the text with ``take_last``. Entries in a value that isn't taken
    are a part of it. Raises the error if there are too many.
    """
    found = tuple(islice(_repairs(text), _MAX_REPORTED + 1))
    if len(found) > _MAX_REPORTED:
        raise error
    return found


def assign(repairs: Repairs, frames: Sequence[Frame | None]) -> list[Repairs]:
    """Return the repairs of each configuration, with its pointers; the first has the others."""
    assigned: list[list[Repair]] = [[] for _ in frames]
    for repair in repairs:
        found = (
            (index, frame)
            for index, frame in enumerate(frames)
            if frame and repair.pointer.startswith(f"{frame[0]}/")
        )
        index, frame = next(found, (0, None))
        at = frame[1] + repair.pointer[len(frame[0]) :] if frame else ""
        assigned[index].append(replace(repair, pointer=at))
    return [*map(tuple, assigned)]


def _repairs(text: str) -> Iterator[Repair]:
    places, entries = Places(text), defaultdict(list)
    for at, offset in offsets(text):
        entries[at].append(offset)
    for path, values in _repeated(json.loads(text, object_pairs_hook=_Object), ()):
        # The last entries at a pointer are those of the object that is taken.
        at, name = pointer(path), quoted(str(path[-1]))
        *before, last = (places.at(offset) for offset in entries[at][-len(values) :])
        for value, (line, column) in zip(values, before, strict=False):
            message = (
                f"{name} is {_shown(value)} here and {_shown(values[-1])} on line {last[0]}:"
                " the last one is taken."
            )
            yield Repair(at, message, line, column, written=value, is_error=True)


def _repeated(value: Any, path: Path) -> Iterator[tuple[Path, list[Any]]]:
    """Yield the path and the values of each key that an object has more than once."""
    if isinstance(value, _Object):
        values = defaultdict(list)
        for name, item in value.pairs:
            values[name].append(item)
        owner = next((token for token in reversed(path) if isinstance(token, str)), "")
        for name, item in value.items():
            if len(values[name]) > 1 and not may_repeat(name, owner):
                yield (*path, name), values[name]
            yield from _repeated(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _repeated(item, (*path, index))


def _shown(value: Any) -> str:
    return quoted(value if isinstance(value, str) else json.dumps(value))
