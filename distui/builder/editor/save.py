"""Saving a post of the editor: read what it brings, do what its button says, lose nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from distui.builder.changes import account_lists, fixes
from distui.builder.changes.diff import Difference, diff
from distui.builder.changes.edits import Edit, InvalidPointer
from distui.builder.changes.merge import merge
from distui.builder.changes.messages import edit_message, fix_message
from distui.builder.editor.request import PLAIN, Post, doubt, number
from distui.builder.forms.declarations import RequestForm
from distui.builder.forms.element_ids import element_id
from distui.builder.groups.models import group_from_post
from distui.builder.models import Draft, StaleRevision
from distui.builder.state.draft_state import DraftState
from distui.builder.state.importer import NotImportable, read_document
from distui.core import Finding, Severity
from distui.core.document.strict_json import ParseError
from distui.core.pointers import region_index, tokens


@dataclass(frozen=True, slots=True)
class Conflict:
    """The draft was saved elsewhere: when, as which revision, and what the page would change in it.

    ``kept`` says that what was typed on the page is kept aside; else nothing was typed there.
    ``news`` is false where the page has been told all this before.
    """

    revision: int
    at: datetime
    differences: list[Difference]
    kept: bool
    news: bool


class Unread(NamedTuple):
    """A pasted document that no form can hold, and why not."""

    text: str
    error: NotImportable | ParseError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a post.

    ``state`` is what the page shows where nothing was saved, and ``revision`` what it grew from:
    there are ``doubts`` or a ``conflict`` then. ``unread`` is a pasted document that was not taken:
    only what was typed is saved. ``focus`` is the HTML id of the place where a person goes on, in
    the first field ``inside`` it or at the place itself, or at which they only ``glance``. ``anew``
    says that all of the page is behind. ``open`` is the Region to show, ``said`` what to tell them,
    and ``notes`` what of that stands at its place on the page.
    """

    open: int | None
    focus: str = ""
    inside: bool = False
    glance: bool = False
    anew: bool = False
    said: str = ""
    state: DraftState | None = None
    revision: int | None = None
    doubts: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    conflict: Conflict | None = None
    unread: Unread | None = None

    @property
    def refused(self) -> bool:
        """What the button says was not done."""
        return bool(self.doubts or self.conflict or self.unread)


def save(draft: Draft, post: Post) -> Outcome:
    """Save what the post brings to the draft and do what its button says.

    Nothing is saved and all that was typed is shown again where the post contradicts itself, or
    where the draft has been saved elsewhere since the page was made.
    """
    form = RequestForm(post.data, state=draft.state_at(post.revision), kept=True)
    typed = form.document()
    if doubts := [*post.repeated(), *form.doubts()]:
        return _doubtful(post, typed, doubts)
    try:
        if (base := _unseen(draft, post)) is not None:
            return _rejoined(draft, post, typed, base)
        return _saved(draft, post, typed)
    except StaleRevision:
        draft.refresh_from_db()
        return _overtaken(draft, post, typed)
    except InvalidPointer as error:
        return _doubtful(post, typed, [doubt(error.said)])
    except fixes.FindingGone as error:
        return _doubtful(post, typed, [doubt(str(error))])


def _saved(draft: Draft, post: Post, typed: DraftState) -> Outcome:
    revision = draft.revision if _is_current(draft, post, typed) else post.revision
    match post.verb:
        case "edit" if region_index(post.place) is None:
            raise InvalidPointer(post.place)
        case "undo" | "redo":
            return _stepped(draft, post, typed, revision)
        case "paste":
            return _pasted(draft, post, typed, revision)
        case "mine":
            return _kept(draft, post, typed, revision)
        case "theirs":
            return _given_up(draft, post, typed)
        case "fix" | "build-date":
            return _mended(draft, post, typed, revision)
        case "tidy" | "zeros" | "insert":
            return _listed(draft, post, typed, revision)
        case verb if verb in PLAIN:
            draft.save_state(typed, revision=revision, by=post.by)
            if revision != post.revision:  # else the page was not behind, and nothing is aside
                draft.forget_aside(post.page)
            return _gone_on(post)
    return _edited(draft, post, typed, revision)


def _is_current(draft: Draft, post: Post, typed: DraftState) -> bool:
    """Whether saving the page loses nothing: it knows or made the newest, or says the same."""
    if post.revision == draft.revision or _goes_on(draft, post):
        return True
    chosen = post.verb == "mine" and number(post.place) == draft.revision
    return chosen or typed == draft.state


def _goes_on(draft: Draft, post: Post) -> bool:
    """Whether the page saved the newest revision itself and never saw the answer: it closed."""
    return draft.is_typed_on(post.page) and post.changes > draft.typed_changes


def _unseen(draft: Draft, post: Post) -> DraftState | None:
    """What the page had when the newest revision was saved of which it never saw the answer.

    That was by a button of its own while somebody typed on, or by the page before it in its window,
    as that was closed. None where its answer was seen, or where it was saved elsewhere.
    """
    if post.verb not in ("autosave", "save") or post.revision >= draft.revision:
        return None
    if post.former and draft.typed_on == post.former:
        return draft.state_at(post.revision)
    by_button = draft.typed_at is None and post.page and draft.typed_on == post.page
    if by_button and post.changes > draft.typed_changes:
        return draft.state_at(draft.revision - 1)
    return None


def _rejoined(draft: Draft, post: Post, typed: DraftState, base: DraftState) -> Outcome:
    """What was typed since, on top of what the page's own button made of the draft."""
    if typed != base:
        both = merge(base, typed, draft.state)
        draft.rejoin(typed, both, revision=draft.revision, by=post.by)
    return Outcome(post.open, anew=True)


def _pasted(draft: Draft, post: Post, typed: DraftState, revision: int) -> Outcome:
    """The pasted document in the place of what was typed, which is a step of undo."""
    draft.save_state(typed, revision=revision, by=post.by)
    text = post.data.get("document", "")
    try:
        pasted = read_document(text)
    except (NotImportable, ParseError) as error:
        return Outcome(post.open, "id_document", unread=Unread(text, error))
    draft.save_state(pasted.state, revision=draft.revision, by=post.by)
    said = " ".join(["The pasted document is the draft now.", *pasted.notices])
    return Outcome(None, "preview", said=said)


def _gone_on(post: Post) -> Outcome:
    """After a save that changes no structure."""
    if post.verb == "close":
        return Outcome(None)
    if post.verb == "edit":
        return Outcome(region_index(post.place), "-".join(tokens(post.place)), inside=True)
    return Outcome(post.open)


def _mended(draft: Draft, post: Post, typed: DraftState, revision: int) -> Outcome:
    state, place = fixes.apply_fix(post.verb, post.place, typed)
    _write(draft, post, typed, state, revision)
    return Outcome(post.open, element_id(place), inside=True, said=fix_message(place))


def _listed(draft: Draft, post: Post, typed: DraftState, revision: int) -> Outcome:
    """A whole list tidied up, its ids filled up with zeros, or a group inserted."""
    place = post.place
    if post.verb == "insert":
        place, group = group_from_post(post.place, post.data, draft.owner)
        change = account_lists.insert_group(typed, place, group)
    else:
        change = account_lists.clean_up(typed, place, zeros=post.verb == "zeros")
    _write(draft, post, typed, change.state, revision)
    note = Finding("L109", Severity.INFO, place, change.said)
    return Outcome(post.open, change.focus, said=change.said, notes=(note,))


def _edited(draft: Draft, post: Post, typed: DraftState, revision: int) -> Outcome:
    edit = Edit.parse(f"{post.verb}:{post.place}")
    state, focus = edit.apply(typed)
    _write(draft, post, typed, state, revision)
    opened = _opened(edit, focus, post.open, len(typed["distributions"]))
    return Outcome(
        opened,
        "-".join(tokens(focus)),
        inside=edit.verb in ("add", "duplicate", "include"),
        said=edit_message(edit, typed, focus),
    )


def _write(draft: Draft, post: Post, typed: DraftState, state: DraftState, revision: int) -> None:
    """Save what was typed and then what the button made of it: each can be undone by itself."""
    if state != draft.state or typed != draft.state_at(post.revision):  # else it was pressed twice
        draft.save_state(typed, revision=revision, by=post.by)
        draft.save_state(state, revision=draft.revision, by=post.by)


def _opened(edit: Edit, focus: str, opened: int | None, count: int) -> int | None:
    """The Region to open after an edit: a new one, else the one that was open, where it is now."""
    if tokens(edit.pointer)[0] != "distributions" or edit.pointer.count("/") > 2:
        return opened
    if edit.verb in ("add", "duplicate"):
        return region_index(focus)
    order = edit.order(count)
    return order.index(opened) if opened in order else None


def _stepped(draft: Draft, post: Post, typed: DraftState, revision: int) -> Outcome:
    """One step back or forth; what was typed and not saved yet is a step too."""
    draft.save_state(typed, revision=revision, by=post.by)
    (draft.undo if post.verb == "undo" else draft.redo)(revision=draft.revision, by=post.by)
    changed = diff(typed, draft.state)
    word = "Undone" if post.verb == "undo" else "Redone"
    if not changed:
        return Outcome(post.open, said=f"Nothing to {post.verb}.")
    return _at_first(changed, post, f"{word}: {changed[0].became}", glance=True)


def _at_first(changed: list[Difference], post: Post, said: str, *, glance: bool) -> Outcome:
    """After differences, of which the first is the place to go on at, or to glance at."""
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    opened = region_index(changed[0].pointer)
    return Outcome(
        post.open if opened is None else opened,
        element_id(changed[0].pointer),
        inside=True,
        glance=glance,
        said=f"{said}{more}.",
    )


def _kept(draft: Draft, post: Post, typed: DraftState, revision: int) -> Outcome:
    """What was typed on a page that is not the newest, on top of what was saved meanwhile."""
    before = draft.state
    both = merge(draft.state_at(post.revision), typed, before)
    if both != before:
        draft.rejoin(typed, both, revision=revision, by=post.by)
    draft.forget_aside(post.page)
    changed = diff(before, both)
    if not changed:
        return Outcome(post.open)
    return _at_first(changed, post, f"Saved what you typed: {changed[0].place}", glance=False)


def _given_up(draft: Draft, post: Post, typed: DraftState) -> Outcome:
    """The draft as it was saved elsewhere; what was typed here stays among the earlier versions."""
    if typed != draft.state_at(post.revision):
        draft.set_aside(typed, page=post.page, revision=post.revision)
    draft.asides.filter(page=post.page).update(given_up=True)
    return Outcome(
        post.open,
        said="This is the draft as it was saved. What you typed stays under earlier versions.",
    )


def _doubtful(post: Post, typed: DraftState, doubts: Iterable[Finding]) -> Outcome:
    return Outcome(post.open, state=typed, revision=post.revision, doubts=tuple(doubts))


def _overtaken(draft: Draft, post: Post, typed: DraftState) -> Outcome:
    """Another save came first: by the post's own page, which then knows of it, or elsewhere."""
    if _goes_on(draft, post) or _unseen(draft, post) is not None:
        return save(draft, post)
    if post.verb == "autosave" and draft.is_typed_on(post.page):
        return _gone_on(post)  # its page has saved all this since
    return _conflicting(draft, post, typed)


def _conflicting(draft: Draft, post: Post, typed: DraftState) -> Outcome:
    """What is saved stays as it is, and what was typed is kept aside."""
    base = draft.state_at(post.revision)
    if typed == base:
        nothing = Conflict(draft.revision, draft.updated_at, [], kept=False, news=True)
        return Outcome(post.open, conflict=nothing)
    news = draft.set_aside(typed, page=post.page, revision=post.revision)
    changed = diff(draft.state, merge(base, typed, draft.state))
    conflict = Conflict(draft.revision, draft.updated_at, changed, kept=True, news=news)
    return Outcome(post.open, state=typed, revision=post.revision, conflict=conflict)
