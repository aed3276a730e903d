"""What differs between two states of a draft, told Region by Region and not row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.builder.forms.labels import label_of_path
from distui.builder.state.draft_state import DraftState, to_document
from distui.core.pointers import Path, pointer

_LONGEST = 160  # characters of a value that are shown
_NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """A member that is not the same: where it stands in the later state, and both its values.

    ``before`` or ``after`` is empty where the member is absent. ``place`` names a Region by its
    code and a member by its label: ``eu-west-1 / AMI / AMI name``.
    """

    place: str
    pointer: str
    before: str
    after: str

    @property
    def became(self) -> str:
        """What became of it by a step back or forth: ``us-east-1 is gone``."""
        if self.before and self.after:
            return self.place
        return f"{self.place} is {'back' if self.after else 'gone'}"


def diff(before: DraftState, after: DraftState) -> list[Difference]:
    """Every difference, in the order of the later state; what it lost follows."""
    return [*_of(to_document(before), to_document(after), (), ())]


def _of(before: Any, after: Any, path: Path, names: tuple[str, ...]) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*after, *(name for name in before if name not in after)]:
            inside = before.get(name, _NOTHING), after.get(name, _NOTHING)
            place = (*path, name)
            yield from _of(*inside, place, (*names, label_of_path(place)))
    elif are_rows(before) and are_rows(after):
        yield from _of_rows(before, after, path, names)
    else:
        yield Difference(" / ".join(names), pointer(path), *_shown(before, after))


def are_rows(value: Any) -> bool:
    """Whether it is a list of structures."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _of_rows(before: Any, after: Any, path: Path, names: tuple[str, ...]) -> Iterator[Difference]:
    """Rows with the same name are one row, wherever they stand."""
    old, new = dict(keyed_rows(before)), dict(keyed_rows(after))
    places = {name: index for index, name in enumerate(new)}
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Difference(
            " / ".join((*names, "order")), pointer(path), ", ".join(old), ", ".join(new)
        )
    of_regions = path == ("distributions",)
    above = names[:-1] if of_regions else names
    for name in [*new, *(name for name in old if name not in new)]:
        place = (*path, places[name]) if name in places else path
        told = f"Region {name}" if of_regions and name[0].isdigit() else name
        yield from _of(old.get(name, _NOTHING), new.get(name, _NOTHING), place, (*above, told))


def keyed_rows(rows: list[Any]) -> Iterator[tuple[str, Any]]:
    """Regions by their code, other rows by their number; a name that is taken gets a number too."""
    seen: Counter[str] = Counter()
    for index, row in enumerate(rows):
        name = str(row.get("region") or index + 1)
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), row


def _shown(before: Any, after: Any) -> tuple[str, str]:
    if isinstance(before, list) and isinstance(after, list):
        gone = [item for item in before if item not in set(map(str, after))]
        come = [item for item in after if item not in set(map(str, before))]
        if gone or come:
            return _items(gone, len(before)), _items(come, len(after))
    return _value(before), _value(after)


def _items(items: list[Any], count: int) -> str:
    """Those items of a list that the other one has not."""
    return _short(", ".join(map(str, items))) if items else f"{count} in all"


def _value(value: Any) -> str:
    if value is _NOTHING:
        return ""
    return _short(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
