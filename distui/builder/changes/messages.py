"""Messages about an edit that was done: a toast, which screen readers announce."""

from __future__ import annotations

from distui.builder.changes.edits import Edit
from distui.builder.forms.locations import item_label_for, label_for, region_label
from distui.builder.state.draft_state import DraftState
from distui.core.pointers import resolve, tokens


def edit_message(edit: Edit, before: DraftState, focus: str) -> str:
    """Return the message for an edit of the state ``before``.

    ``focus`` is the pointer that ``Edit.apply`` returned.
    """
    match edit.verb:
        case "include":
            return f"{label_for(edit.pointer)} added."
        case "exclude":
            return f"{label_for(edit.pointer)} removed."
        case "add":
            return f"{item_label_for(focus)} added."
        case "remove":
            return f"{_item_name(edit, before, numbered=False)} removed."
        case "duplicate":
            return f"{_item_name(edit, before)} duplicated as number {_number(focus)}."
    count = len(resolve(before, edit.pointer.rpartition("/")[0]))
    return f"{_item_name(edit, before)} moved to position {_number(focus)} of {count}."


def fix_message(pointer: str, count: int = 1) -> str:
    """Return the message for a fix of the member at the pointer, and of ``count`` in all."""
    places = f" in {count} places" if count > 1 else ""
    return f"{label_for(pointer) or (tokens(pointer) or ('Draft',))[-1]} corrected{places}."


def _item_name(edit: Edit, before: DraftState, *, numbered: bool = True) -> str:
    """Return the code of a Region; of any other row its label, with its number if wanted."""
    place = tokens(edit.pointer)
    if len(place) == 2 and place[0] == "distributions":
        index = int(place[1])
        return region_label(before["distributions"][index].get("region"), index)
    label = item_label_for(edit.pointer)
    return f"{label} {_number(edit.pointer)}" if numbered else label


def _number(pointer: str) -> int:
    return int(tokens(pointer)[-1]) + 1
