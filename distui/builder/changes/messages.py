"""What a person who can't see the page is told of an edit, in one sentence."""

from __future__ import annotations

from distui.builder.changes.edits import Edit
from distui.builder.forms.labels import label_for, region_label
from distui.builder.state.draft_state import DraftState
from distui.core.pointers import tokens


def edit_message(edit: Edit, before: DraftState, focus: str) -> str:
    """The sentence for an edit of that state, after which a person goes on at ``focus``."""
    if edit.verb in ("include", "exclude"):
        name = label_for(edit.pointer)
        return f"{name} included." if edit.verb == "include" else f"{name} left out. {_BACK}"
    if edit.verb == "add":
        return f"{_row(focus)} added."
    what = _named(edit, before)
    match edit.verb:
        case "duplicate":
            return f"{what} duplicated. The copy is number {_number(focus)}."
        case "remove":
            return f"{what} removed. {_BACK}"
    return f"{what} moved to position {_number(focus)} of {_count(edit, before)}."


def fix_message(pointer: str) -> str:
    """The sentence for a press that mended what stands there."""
    return f"{label_for(pointer)} mended. {_BACK}"


_BACK = "Undo brings it back."


def _named(edit: Edit, before: DraftState) -> str:
    """A Region by its code, any other row by its list and number."""
    place = tokens(edit.pointer)
    if len(place) == 2 and place[0] == "distributions":
        index = int(place[1])
        return region_label(before["distributions"][index].get("region"), index)
    return _row(edit.pointer)


def _row(pointer: str) -> str:
    of_regions = len(tokens(pointer)) == 2 and tokens(pointer)[0] == "distributions"
    name = "Region" if of_regions else f"{label_for(pointer)}, number"
    return f"{name} {_number(pointer)}"


def _number(pointer: str) -> int:
    return int(tokens(pointer)[-1]) + 1


def _count(edit: Edit, before: DraftState) -> int:
    rows: object = before
    for token in tokens(edit.pointer)[:-1]:
        rows = rows[int(token)] if isinstance(rows, list) else rows[token]  # type: ignore[index]
    return len(rows)  # type: ignore[arg-type]
