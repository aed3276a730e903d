"""Report the fields whose surrounding spaces were removed."""

from __future__ import annotations

import re
from typing import Any

from distui.builder.editor.request import EditorRequest
from distui.builder.forms.element_ids import element_id
from distui.builder.forms.locations import label_for
from distui.builder.state.draft_state import DraftState
from distui.core.pointers import value_at

_MAX_NAMED = 3
_SPACE = re.compile(r"\s")


def trimmed_message(request: EditorRequest, typed: DraftState) -> str:
    """Return a sentence that names the trimmed fields, "" if there is none.

    ``typed`` is the state that the post was read into. With JavaScript a field is named once: when
    the person leaves it.
    """
    trimmed = [
        _pointer(name)
        for name, texts in request.data.lists()
        if _SPACE.search(texts[-1])
        and _is_trimmed(texts[-1], value_at(typed, _pointer(name), None))
        and _is_new(f"id_{name}", _pointer(name), request)
    ]
    if not trimmed:
        return ""
    more = f" and {len(trimmed) - _MAX_NAMED} more" if len(trimmed) > _MAX_NAMED else ""
    names = ", ".join(map(label_for, trimmed[:_MAX_NAMED]))
    return f"Removed spaces around {names}{more}."


def _pointer(name: str) -> str:
    return "/" + name.replace("-", "/")


def _is_new(control: str, pointer: str, request: EditorRequest) -> bool:
    if control != element_id(pointer):
        return False
    is_button = request.verb != "autosave" and control not in request.visited
    return is_button or control in request.just_blurred


def _is_trimmed(text: str, value: Any) -> bool:
    """Return True if the value is the text without the spaces around it, or around its lines."""
    lines = text.splitlines()
    stripped = [line.strip() for line in lines]
    if stripped == lines:
        return False
    kept = [line for line in stripped if line]
    if isinstance(value, list):
        return value == kept
    return str(value if value is not None else "") == "\n".join(stripped).strip()
