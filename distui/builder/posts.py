"""Saving a post of the editor: read what it brings, do what its button says, keep it all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from distui.builder.anchors import region
from distui.builder.editor import Editor
from distui.builder.edits import Edit, NoSuchPlace
from distui.builder.forms import RequestForm
from distui.builder.models import Draft, StaleRevision
from distui.core import Finding, Severity
from distui.core.pointers import tokens


@dataclass(frozen=True, slots=True)
class Post:
    """What the editor's form sent: its fields, the revision they grew from, and the button.

    The button is ``save``, ``autosave``, ``review``, ``close``, ``edit:/distributions/2`` or that
    of an ``Edit``.
    """

    data: QueryDict
    verb: str
    place: str
    revision: int
    open: int | None

    @classmethod
    def of(cls, data: QueryDict) -> Post:
        """The post. A button, revision or number that makes no sense counts as none."""
        verb, _, place = data.get("op", "save").partition(":")
        return cls(data, verb, place, _number(data.get("revision")) or 0, _number(data.get("open")))


@dataclass(frozen=True, slots=True)
class Result:
    """The editor to show after a post, with which HTTP status, and whether nothing was saved."""

    editor: Editor
    status: int = 200
    refused: bool = False


def save(draft: Draft, post: Post) -> Result:
    """Save what the post brings to the draft and apply its edit.

    Nothing is saved and everything typed is shown again where the post contradicts itself (422)
    or the draft has been saved elsewhere meanwhile (409). A save that leaves errors is a save, and
    answers 422 too, so that they are read.
    """
    form = RequestForm(post.data, state=draft.state, kept=True)
    typed = form.document()
    doubts = [*_repeated(post.data), *form.doubts()]
    state, focus, opened = typed, "", post.open
    try:
        state, focus, opened = _edited(typed, post)
    except NoSuchPlace:
        doubts.append(_doubt("", "That button belongs to a place this draft no longer has."))
    if not doubts:
        doubts = _write(draft, state, post.revision)
        if doubts:
            return Result(Editor(draft, open=post.open, state=typed, doubts=doubts), 409, True)
        return _saved(draft, post, opened, focus)
    return Result(Editor(draft, open=post.open, strict=True, state=typed, doubts=doubts), 422, True)


def _edited(typed: dict[str, Any], post: Post) -> tuple[dict[str, Any], str, int | None]:
    """The state after the button's edit, where to go on (an HTML id), and the open Region."""
    if post.verb in ("save", "autosave", "review"):
        return typed, "", post.open
    if post.verb == "close":
        return typed, "", None
    if post.verb == "edit":
        return typed, "-".join(tokens(post.place)), region(post.place)
    edit = Edit.parse(f"{post.verb}:{post.place}")
    state, focus = edit.apply(typed)
    return state, "-".join(tokens(focus)), _opened(edit, focus, post.open, typed)


def _opened(edit: Edit, focus: str, opened: int | None, typed: dict[str, Any]) -> int | None:
    """The Region to open after an edit: a new one, else the one that was open, where it is now."""
    if tokens(edit.pointer)[0] != "distributions" or edit.pointer.count("/") > 2:
        return opened
    if edit.verb in ("add", "duplicate"):
        return region(focus)
    order = edit.order(len(typed["distributions"]))
    return order.index(opened) if opened in order else None


def _write(draft: Draft, state: dict[str, Any], revision: int) -> list[Finding]:
    try:
        draft.save_state(state, revision=revision)
    except StaleRevision:
        draft.refresh_from_db()
        when = draft.updated_at.strftime("%H:%M:%S UTC")
        return [
            _doubt(
                "",
                f"This draft was saved elsewhere at {when}. What you typed is below and not saved"
                " yet: saving again puts it in place of what was saved there.",
            )
        ]
    return []


def _saved(draft: Draft, post: Post, opened: int | None, focus: str) -> Result:
    strict = post.verb == "save"
    editor = Editor(draft, open=opened, strict=strict, focus=focus)
    return Result(editor, 422 if strict and editor.errors else 200)


def _repeated(data: QueryDict) -> Iterator[Finding]:
    """Fields that were sent more than once: which one was meant can't be told."""
    for name, values in data.lists():
        if len(values) > 1:
            yield _doubt("/" + name.replace("-", "/"), "This field was sent more than once.")


def _doubt(pointer: str, message: str) -> Finding:
    return Finding("L108", Severity.ERROR, pointer, message)


def _number(text: str | None) -> int | None:
    plain = text and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text and plain else None
