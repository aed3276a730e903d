"""Saving a post of the editor by one rule: merge what was typed into what is saved.

docs/architecture.md ("How a post is saved") has the rule and its cases as a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from distui.builder.changes.diff import Difference, changed_place, diff, keyed_rows, summarize
from distui.builder.changes.merge import Side, merge
from distui.builder.editor.button import Pressed, press
from distui.builder.editor.request import EditorRequest, integrity_error, too_large
from distui.builder.editor.trimmed import trimmed_message
from distui.builder.forms.declarations import RequestForm
from distui.builder.forms.element_ids import element_id
from distui.builder.importing.paste import Paste
from distui.builder.models import Draft, EditSession, StaleRevision
from distui.builder.state.draft_state import EMPTY, DraftState, dump_state, same_text
from distui.builder.state.errors import EditError
from distui.core import Finding
from distui.core.document.parse_error import ParseError
from distui.core.numbers import parse_number
from distui.core.pointers import region_index

_REGION_ID = re.compile(r"(?<=distributions-)[0-9]+")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Places that were edited on this page and elsewhere.

    ``revision`` and ``saved_at`` are the draft's. ``differences`` lead from what is saved at those
    places to what was typed. ``is_new`` is False if the page has shown all this already.
    """

    revision: int
    saved_at: datetime
    differences: list[Difference]
    is_new: bool


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The result of a post, and where and how the page continues.

    ``open`` is the index of the Region to show, ``focus`` the HTML id to focus: its first field
    with ``focus_inside``, only scrolled to with ``scroll_only``. ``message`` says what was done;
    ``undoable``, that undo takes it back. ``reload`` asks to redraw the whole page, as the draft
    was changed elsewhere. ``unsaved`` is what the page shows if nothing was saved, because of
    ``integrity_errors`` or a ``conflict``. ``field_notices`` are shown at their controls.
    ``pasted`` is the pasted document; if it wasn't taken, what was typed is saved.
    ``base`` is the state that the page showed before, ``answer`` the number of the answer now.
    ``late`` says that the page has posted more since, so that the post's fields are not saved.
    """

    open: int | None
    focus: str = ""
    focus_inside: bool = False
    scroll_only: bool = False
    message: str = ""
    undoable: bool = False
    reload: bool = False
    unsaved: DraftState | None = None
    integrity_errors: tuple[Finding, ...] = ()
    conflict: Conflict | None = None
    field_notices: tuple[Finding, ...] = ()
    pasted: Paste | None = None
    base: DraftState | None = None
    answer: int = 0
    late: bool = False

    @property
    def refused(self) -> bool:
        """Return True if what the button says was not done."""
        return bool(self.integrity_errors or self.conflict or self.paste_error)

    @property
    def paste_error(self) -> ParseError | None:
        """Return why a pasted document was not taken."""
        return self.pasted.error if self.pasted else None


@dataclass(frozen=True, slots=True)
class _Post:
    """A post with the state that its page showed (``base``) and the one that it brings."""

    draft: Draft
    user: Any
    request: EditorRequest
    session: EditSession
    base: DraftState
    typed: DraftState
    errors: tuple[Finding, ...]
    late: bool


def save(draft: Draft, request: EditorRequest, user: Any) -> SaveResult:
    """Merge what the post brings into the draft and do what its button says, in one transaction.

    Return what was saved and what the page is to show. Nothing is saved, and all that was typed
    is shown again, if the post contradicts itself, changes a place that was changed elsewhere, or
    its button is for a place that isn't there.
    """
    while True:
        try:
            post = _read(draft, request, user)
            result = _save(post)
        except (StaleRevision, IntegrityError):  # another post came first: merge with that too
            draft.refresh_from_db()
        else:
            answer = post.session.answer if result.unsaved is None else request.answer
            return replace(result, base=post.base, answer=answer, late=post.late)


def _read(draft: Draft, request: EditorRequest, user: Any) -> _Post:
    sessions = EditSession.objects.filter(draft=draft, page=request.page).order_by()
    session = next(iter(sessions), None)
    if session is None:  # what the page shows is not known: every difference is a conflict
        session = EditSession(page=request.page, user=user, accepted=EMPTY, answered=EMPTY)
    session.draft = draft
    base = session.base(request.answer)
    form = RequestForm(request.data, state=base if session.pk else draft.state, partial=True)
    typed = form.document()
    late = request.sequence < session.sequence
    if late:
        base = typed = session.base(request.answer)
    errors = (*request.integrity_errors(), *form.integrity_errors(), *too_large(typed))
    return _Post(draft, user, request, session, base, typed, errors, late)


def _save(post: _Post) -> SaveResult:
    request = post.request
    if post.errors:
        return _not_saved(post, *post.errors)
    merged = merge(post.base, post.typed, post.draft.state)
    match request.verb:
        case "mine" if parse_number(request.place) == post.draft.revision:
            return _resolve(post, "mine")
        case "theirs":
            return _resolve(post, "theirs")
        case _ if merged.conflicts:
            return _conflict(post)
        case "undo" | "redo":
            return _step(post, merged.state)
    try:
        pressed = press(request, post.typed, post.user, post.draft)
    except EditError as error:
        return _not_saved(post, integrity_error(error.message))
    if pressed.state is not post.typed and (excess := [*too_large(pressed.state)]):
        return _not_saved(post, *excess)
    return _press(post, merged.state, pressed)


def _not_saved(post: _Post, *errors: Finding) -> SaveResult:
    return SaveResult(post.request.open, unsaved=post.typed, integrity_errors=errors)


def _press(post: _Post, merged: DraftState, pressed: Pressed) -> SaveResult:
    """Save what was typed, then what the button made of it: each is an undo step."""
    pasted = pressed.pasted
    base = (pasted and pasted.merge_base(pressed.state, merged)) or post.typed
    result = merge(base, pressed.state, merged)
    overwrites = pasted and parse_number(post.request.place) == post.draft.revision
    if result.conflicts and not overwrites:
        return _not_pasted(post, merged, pasted, base) if pasted else _not_done(post, merged)
    _store(post, merged, *([] if result.state is merged else [result.state]))
    elsewhere = not same_text(pressed.state, result.state)
    later = pasted and pasted.is_late(merged) and summarize(diff(pressed.state, result.state))
    kept = f"Kept what was changed since: {later}." if elsewhere and later else ""
    sentences = (pressed.message, kept, trimmed_message(post.request, post.typed))
    return SaveResult(
        _follow(pressed.open, pressed.state, result.state),
        _follow_id(pressed.focus, pressed.state, result.state),
        focus_inside=pressed.focus_inside,
        message=" ".join(filter(None, sentences)),
        undoable=pressed.state is not post.typed,
        reload=elsewhere,
        field_notices=pressed.field_notices,
        pasted=pressed.pasted,
    )


def _step(post: _Post, merged: DraftState) -> SaveResult:
    """Undo or redo one step; what was typed and not saved yet is a step too."""
    verb, opened = post.request.verb, post.request.open
    if not same_text(merged, post.typed):
        return _not_done(post, merged, f"press {verb.capitalize()} again")
    _store(post, merged, then=verb)
    changed = diff(post.typed, post.draft.state)
    if not changed:
        return SaveResult(opened, message=f"Nothing to {verb}.")
    done = diff(post.draft.state, post.typed) if verb == "undo" else changed
    word = "Undid" if verb == "undo" else "Redid"
    colon = ":" if len(done) == 1 or summarize(done)[0].isalpha() else ""
    return _at(changed[0], post, message=f"{word}{colon} {summarize(done)}", scroll_only=True)


def _resolve(post: _Post, side: Side) -> SaveResult:
    """Save what was typed; at the places in conflict the side that the person chose wins.

    Undo brings the other side back: mine is saved first, also if theirs was chosen.
    """
    before = post.draft.state
    mine = merge(post.base, post.typed, before, prefer="mine").state
    theirs = merge(post.base, post.typed, before, prefer="theirs").state
    _store(post, *((mine,) if side == "mine" else (mine, theirs)), typing=False)
    changed = diff(before, post.draft.state)
    message = f"Kept {'your' if side == 'mine' else 'the saved'} values."
    options: dict[str, Any] = {"message": message, "undoable": True, "reload": True}
    return _at(changed[0], post, **options) if changed else SaveResult(post.request.open, **options)


def _at(difference: Difference, post: _Post, **options: Any) -> SaveResult:
    """Return the result that continues at the difference."""
    index = region_index(difference.pointer)
    opened = post.request.open if index is None else index
    return SaveResult(opened, element_id(difference.pointer), focus_inside=True, **options)


def _not_pasted(post: _Post, merged: DraftState, pasted: Paste, base: DraftState) -> SaveResult:
    """Save what was typed, and keep the pasted document until the person decides."""
    found = _not_done(post, merged)
    kept = pasted.in_conflict(base, post.draft.revision, summarize(diff(base, merged)))
    return replace(found, focus="id_document", message="", pasted=kept)


def _not_done(post: _Post, merged: DraftState, next_step: str = "try again") -> SaveResult:
    """Save what was typed and show what was changed elsewhere, before a button acts on that."""
    _store(post, merged)
    return SaveResult(
        _follow(post.request.open, post.typed, merged),
        message=f"Not done: this draft was changed elsewhere. Check the changes, then {next_step}.",
        reload=True,
    )


def _store(post: _Post, *states: DraftState, typing: bool = True, then: str = "") -> None:
    """Save the states one after the other, the first one as typed, then undo or redo."""
    draft, page = post.draft, post.request.page
    place = changed_place(post.base, post.typed) if typing else ""
    with transaction.atomic():
        for state in states:
            draft.save_state(
                state, revision=draft.revision, user=post.user, page=page, typing_place=place
            )
            place = ""
        if then:
            getattr(draft, then)(revision=draft.revision, user=post.user, page=page)
        _remember(post)


def _remember(post: _Post) -> None:
    """Store what the page shows: what it posted, or the answer to that if it draws the answer."""
    session, draft = post.session, post.draft
    redraws = not same_text(post.typed, draft.state)
    session.accepted, session.answered = dump_state(post.typed) if redraws else "", ""
    session.answer += redraws
    session.sequence = max(session.sequence, post.request.sequence)
    session.pending = session.pending_base = ""
    session.store()


def _conflict(post: _Post) -> SaveResult:
    """Keep what was typed until the person chooses; the draft stays as it was saved."""
    draft, session = post.draft, post.session
    text = dump_state(post.typed)
    is_new = (session.pending, session.dismissed) != (text, False)
    session.pending, session.pending_base, session.dismissed = text, dump_state(post.base), False
    session.sequence = max(session.sequence, post.request.sequence)
    session.store()
    theirs = merge(post.base, post.typed, draft.state, prefer="theirs").state
    mine = merge(post.base, post.typed, draft.state, prefer="mine").state
    conflict = Conflict(draft.revision, draft.updated_at, diff(theirs, mine), is_new)
    return SaveResult(post.request.open, unsaved=post.typed, conflict=conflict)


def _follow(index: int | None, before: DraftState, after: DraftState) -> int | None:
    """Return the index of that Region in another state, None if it is not there."""
    if index is None or before is after:
        return index
    keys = [key for key, _ in keyed_rows(before["distributions"])]
    new = [key for key, _ in keyed_rows(after["distributions"])]
    return new.index(keys[index]) if index < len(keys) and keys[index] in new else None


def _follow_id(focus: str, before: DraftState, after: DraftState) -> str:
    """Return the HTML id of the same control in another state."""
    found = _REGION_ID.search(focus)
    index = _follow(int(found[0]), before, after) if found else None
    return focus if index is None else _REGION_ID.sub(str(index), focus, count=1)
