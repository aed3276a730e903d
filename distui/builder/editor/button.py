"""The editor's buttons: each changes the state that its page shows. Nothing is saved here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from distui.builder.changes import account_id_lists, edits, fixes, text_lines
from distui.builder.changes.edits import Edit
from distui.builder.changes.messages import edit_message, fix_message
from distui.builder.editor.request import SAVE_VERBS, STATE_VERBS, EditorRequest
from distui.builder.forms.element_ids import element_id
from distui.builder.groups.models import group_from_post
from distui.builder.importing.paste import Paste
from distui.builder.models import Draft
from distui.builder.rule_context import editing_context
from distui.builder.state.draft_state import DraftState
from distui.builder.state.errors import InvalidPointer
from distui.core import Context, Finding
from distui.core.pointers import region_index, tokens
from distui.core.text.pluralize import pluralize

# All verbs of the editor's buttons.
VERBS = (
    *(*SAVE_VERBS, *STATE_VERBS, *fixes.VERBS),
    *(*account_id_lists.VERBS, *text_lines.VERBS, *edits.VERBS),
)
# The Regions, one of them, or something of one, as the page of copying takes it.
_COPYABLE = re.compile(r"/distributions(/[0-9]{1,5}(/[A-Za-z0-9]{1,64}){0,5})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The state after the press, and where and how the page continues.

    ``open`` is the index of the Region to show, ``focus`` the HTML id to focus: its first field
    with ``focus_inside``. ``message`` says what was done. ``field_notices`` are shown at their
    controls. ``pasted`` is the pasted document.
    """

    state: DraftState
    open: int | None
    focus: str = ""
    focus_inside: bool = False
    message: str = ""
    field_notices: tuple[Finding, ...] = ()
    pasted: Paste | None = None


def press(request: EditorRequest, state: DraftState, user: Any, draft: Draft) -> Pressed:
    """Do what the button says to the draft's state, which stays as it is.

    Raises an ``EditError`` if the button belongs to a place or a finding that
    the state does not have.
    """
    match request.verb:
        case "edit" if request.place != account_id_lists.REGIONS:
            return _open_region(request, state)
        case "copy" | "apply" if not _COPYABLE.fullmatch(request.place):
            raise InvalidPointer(request.place)
        case "close":
            return Pressed(state, None)
        case "json":
            return Pressed(state, request.open, "id_document")
        case "discard":
            return Pressed(state, request.open, "edit-json")
        case "paste":
            return _paste(request, state, editing_context(user, draft.target_id))
        case verb if verb in fixes.VERBS:
            return _fix(request, state, user, draft)
        case verb if verb in (*account_id_lists.VERBS, *text_lines.VERBS):
            return _change_list(request, state, user)
        case _ if request.only_saves:
            return Pressed(state, request.open)
    return _edit(request, state)


def _open_region(request: EditorRequest, state: DraftState) -> Pressed:
    index = region_index(request.place)
    if index is None:
        raise InvalidPointer(request.place)
    return Pressed(state, index, f"distributions-{index}", focus_inside=True)


def _fix(request: EditorRequest, state: DraftState, user: Any, draft: Draft) -> Pressed:
    """Fix one finding and continue at its control, or all that are alike and stay at the list."""
    verb, place = request.verb, request.place
    context = None if verb == "build-date" else editing_context(user, draft.target_id)
    if verb == "fix-all":
        fixed, count = fixes.apply_to_all(place, state, context, draft.dismissed)
        message = fix_message(place.partition(":")[2], count)
        return Pressed(fixed, request.open, "findings-summary", message=message)
    fixed, place = fixes.apply_fix(verb, place, state, context)
    message = fix_message(place)
    return Pressed(fixed, request.open, element_id(place), focus_inside=True, message=message)


def _paste(request: EditorRequest, state: DraftState, context: Context) -> Pressed:
    """Replace the state by the pasted document, without the changes that are to be undone."""
    pasted = Paste.of_post(request.data, context)
    chosen = pasted.chosen
    if chosen is None:
        focus = "pasted" if pasted.batch else "id_document"
        return Pressed(state, request.open, focus, focus_inside=bool(pasted.batch), pasted=pasted)
    count = len(chosen.imported.changes)
    listed = f" Below the preview: {pluralize(count, 'change')}." if count else ""
    message = f"Draft replaced.{listed}"
    focus = "pasted" if pasted.is_shown else "preview"
    return Pressed(chosen.imported.state, None, focus, message=message, pasted=pasted)


def _change_list(request: EditorRequest, state: DraftState, user: Any) -> Pressed:
    """Clean up a whole list, restore the leading zeros in it, insert a group, or add lines."""
    place = request.place
    if request.verb in text_lines.VERBS:
        change = text_lines.add_lines(state, place, request.data, settings.DISTUI_EXTRA_REGIONS)
    elif request.verb == "insert":
        place, group = group_from_post(request.place, request.data, user)
        change = account_id_lists.insert_group(state, place, group)
    else:
        change = account_id_lists.clean_up(state, place, zeros=request.verb == "zeros")
    notice = Finding("L109", change.severity, place, change.message)
    return Pressed(
        change.state,
        request.open,
        change.focus,
        message=change.message,
        field_notices=(notice,),
    )


def _edit(request: EditorRequest, state: DraftState) -> Pressed:
    edit = Edit.parse(f"{request.verb}:{request.place}")
    edited, focus = edit.apply(state)
    return Pressed(
        edited,
        _region_to_open(edit, focus, request.open, len(state["distributions"])),
        "-".join(tokens(focus)),
        focus_inside=edit.verb in ("add", "duplicate", "include"),
        message=edit_message(edit, state, focus),
    )


def _region_to_open(edit: Edit, focus: str, opened: int | None, count: int) -> int | None:
    """Return a new Region's index, else the present index of the one that was open."""
    if tokens(edit.pointer)[0] != "distributions" or edit.pointer.count("/") > 2:
        return opened
    if edit.verb in ("add", "duplicate"):
        return region_index(focus)
    order = edit.order(count)
    return order.index(opened) if opened in order else None
