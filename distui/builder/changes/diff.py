"""Differences between two states of a draft: Region by Region, not row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.builder.forms.locations import label_of_path
from distui.builder.state.draft_state import DraftState, map_rows, to_document
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes
from distui.core.text.pluralize import pluralize

_MAX_LENGTH = 160  # characters of a value that are shown
_MAX_NAMED = 3  # changes that a summary names
_ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """A member that is not the same in both states.

    ``region`` is the Region's code, empty outside of Regions. ``label`` is what the form calls the
    member, empty for a Region as a whole. ``pointer`` leads to it in the later state. ``before`` or
    ``after`` is empty where the member is absent.
    """

    region: str
    label: str
    pointer: str
    before: str
    after: str

    @property
    def place(self) -> str:
        """Return its location: ``eu-west-1 / AMI / AMI name``."""
        return " / ".join(filter(None, (self.region, self.label)))

    @property
    def change(self) -> str:
        """Return what was done, in words: ``AMI name set to golden (eu-west-1)``."""
        if self.is_region:
            return f"added {self.region}" if self.after else f"removed {self.region}"
        done = f"set to {self.after}" if self.after else "removed"
        where = f" ({self.region})" if self.region else ""
        return f"{self.label.rpartition(' / ')[2]} {done}{where}"

    @property
    def is_region(self) -> bool:
        """Return True if a whole Region was added or removed."""
        return bool(self.region) and not self.label


def summarize(differences: list[Difference]) -> str:
    """Return what was done by all the differences, in words: ``added 33 Regions``."""
    if len(differences) == 1:
        return differences[0].change
    if differences and all(found.is_region for found in differences):
        added = sum(bool(found.after) for found in differences)
        if added in (0, len(differences)):
            count = pluralize(len(differences), "Region")
            return f"added {count}" if added else f"removed {count}"
    labels = (found.label.rpartition(" / ")[2] or found.region for found in differences)
    names = list(dict.fromkeys(labels))
    more = ", …" if len(names) > _MAX_NAMED else ""
    return f"{pluralize(len(differences), 'change')}: {', '.join(names[:_MAX_NAMED])}{more}"


def diff(before: DraftState, after: DraftState) -> list[Difference]:
    """Return every difference, in the order of the later state; what it lost follows."""
    return [*_diff(to_document(before), to_document(after), (), "", ())]


def _diff(
    before: Any, after: Any, path: Path, region: str, labels: tuple[str, ...]
) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*after, *(name for name in before if name not in after)]:
            inside = before.get(name, _ABSENT), after.get(name, _ABSENT)
            place = (*path, name)
            yield from _diff(*inside, place, region, (*labels, label_of_path(place)))
    elif is_row_list(before) and is_row_list(after):
        yield from _diff_rows(before, after, path, region, labels)
    else:
        yield Difference(region, " / ".join(labels), pointer(path), *_values(before, after))


def is_row_list(value: Any) -> bool:
    """Return True for a list of structures."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _diff_rows(
    before: Any, after: Any, path: Path, region: str, labels: tuple[str, ...]
) -> Iterator[Difference]:
    """Compare rows by their key: equal keys are one row, in any order."""
    old, new = dict(keyed_rows(before)), dict(keyed_rows(after))
    numbers = {key: index for index, key in enumerate(new)}
    if [key for key in old if key in new] != [key for key in new if key in old]:
        label = " / ".join((*labels, "order"))
        yield Difference(region, label, pointer(path), ", ".join(old), ", ".join(new))
    for key in [*new, *(key for key in old if key not in new)]:
        sides = old.get(key, _ABSENT), new.get(key, _ABSENT)
        place = (*path, numbers[key]) if key in numbers else path
        if path == ("distributions",):
            yield from _diff(*sides, place, f"Region {key}" if key[0].isdigit() else key, ())
        else:
            yield from _diff(*sides, place, region, (*labels, key))


def keyed_rows(rows: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each row with its key: a Region's code, else its number; a repeat gets a number too."""
    seen: Counter[str] = Counter()
    for index, row in enumerate(rows):
        key = str(row.get("region") or index + 1)
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key} ({seen[key]})"), row


def _values(before: Any, after: Any) -> tuple[str, str]:
    """Return both values as text; of two lists only the items that the other one lacks."""
    if isinstance(before, list) and isinstance(after, list):
        removed = [item for item in before if item not in set(map(str, after))]
        added = [item for item in after if item not in set(map(str, before))]
        if removed or added:
            return _items(removed, len(before)), _items(added, len(after))
    return shown_value(before), shown_value(after)


def _items(items: list[Any], count: int) -> str:
    return _short(", ".join(map(str, items))) if items else f"{count} in all"


def shown_value(value: Any) -> str:
    """Return the value as a short text."""
    if value is _ABSENT:
        return ""
    return _short(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= _MAX_LENGTH else f"{text[: _MAX_LENGTH - 1]}…"


def changed_place(before: DraftState, after: DraftState) -> str:
    """Return the pointer of the smallest part of the form that holds all differences.

    If all was typed in one control, it is that control's: a row of a map is named by its number and
    its part, ``/tags/0/key``. Rows are compared by their number. "" is the whole form.
    """
    return pointer(_changed(before, after, shapes.shape(), ()))


def _changed(before: Any, after: Any, shape: shapes.Shape, path: Path) -> Path:
    if shape.kind == "map":
        old, new = (map_rows(value or {}) for value in (before, after))
        return _changed_row(old, new, path)
    if isinstance(before, dict) and isinstance(after, dict):
        names = [name for name in before | after if before.get(name) != after.get(name)]
        if len(names) == 1:
            inner = shape.members[names[0]].shape
            return _changed(before.get(names[0]), after.get(names[0]), inner, (*path, names[0]))
    elif is_row_list(before) and is_row_list(after) and shape.item:
        numbers = _changed_numbers(before, after)
        if len(numbers) == 1:
            [number] = numbers
            return _changed(before[number], after[number], shape.item, (*path, number))
    return path


def _changed_row(before: list[tuple[str, str]], after: list[tuple[str, str]], path: Path) -> Path:
    numbers = _changed_numbers(before, after)
    if len(numbers) != 1:
        return path
    [number] = numbers
    parts = [
        part
        for part, old, new in zip(("key", "value"), before[number], after[number], strict=True)
        if old != new
    ]
    return (*path, number, *parts) if len(parts) == 1 else (*path, number)


def _changed_numbers(before: list[Any], after: list[Any]) -> list[int]:
    """Return the numbers of the rows that differ; none where rows were added or removed."""
    if len(before) != len(after):
        return []
    pairs = zip(before, after, strict=True)
    return [number for number, (old, new) in enumerate(pairs) if old != new]
