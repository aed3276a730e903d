"""The post of the editor's form: fields, the page and state they belong to, and the button."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict

from distui.builder.state.draft_state import DraftState
from distui.core import Finding, Severity
from distui.core.document.bounds import first_excess
from distui.core.numbers import parse_number

# The verbs that only save what was typed, wherever they lead then.
SAVE_VERBS = (
    *("save", "autosave", "review", "copy", "apply", "close", "edit", "mine", "dismiss"),
    *("target", "json", "discard"),
)
STATE_VERBS = ("undo", "redo", "theirs", "paste")  # replace the whole state
INTEGRITY = "L108"
_MAX_FIELD = 250_000  # characters; ten times the longest list of accounts has 200,000
_DOCUMENTS = ("document", "offered")  # the box that edits the draft as JSON
_LISTS = ("undo",)  # names of check boxes
_MAX_OP = 4000  # characters of a verb and its place; no form of ours posts more


class TargetControl(NamedTuple):
    """IDs of targets: the draft's when the control was rendered, and the one selected since."""

    base: int | None
    selected: int | None


@dataclass(frozen=True, slots=True)
class EditorRequest:
    """A post of the editor.

    The button is a verb and a place: ``save``, ``autosave``, ``review``, ``close``, ``undo``,
    ``redo``, ``json``, ``discard``, ``paste``, ``paste:7``, ``mine:7``, ``theirs``,
    ``edit:/distributions/2``, ``copy:`` and ``apply:`` with a pointer, ``dismiss:`` with a rule and
    a pointer, ``target``, or the verb of an ``Edit``, ``fixes``, ``account_id_lists`` or
    ``text_lines`` with theirs.
    ``page`` is the open page, ``answer`` the last answer that it drew, and ``sequence`` how often
    its fields were changed. ``open`` is the index of the Region whose form it shows. ``visited``
    has the ids of the controls that the person has left, ``just_blurred`` those left since the
    last post, ``reporting`` those of controls and groups that show messages, ``focused`` that of
    the control that the person is in. ``redraw`` asks for all of the page, as the last answer was
    not drawn.
    """

    data: QueryDict
    verb: str
    place: str
    page: str = ""
    answer: int = 0
    sequence: int = 0
    open: int | None = None
    visited: frozenset[str] = frozenset()
    just_blurred: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()
    focused: str = ""
    redraw: bool = False

    @classmethod
    def parse(cls, data: QueryDict) -> EditorRequest:
        """Read the post. A button or number that makes no sense counts as none."""
        verb, _, place = data.get("op", "save")[:_MAX_OP].partition(":")
        return cls(
            data,
            verb,
            place,
            page=data.get("page", "")[:36] or new_page_id(),
            answer=parse_number(data.get("answer")) or 0,
            sequence=parse_number(data.get("sequence")) or 0,
            open=parse_number(data.get("open")),
            visited=frozenset(data.get("visited", "").split()),
            just_blurred=frozenset(data.get("just_blurred", "").split()),
            reporting=frozenset(data.get("reporting", "").split()),
            focused=data.get("focused", ""),
            redraw="redraw" in data,
        )

    @property
    def only_saves(self) -> bool:
        """Return True if the button changes nothing beyond what was typed."""
        return self.verb in SAVE_VERBS

    @property
    def target_control(self) -> TargetControl | None:
        """Return what the control of the target shows, None if the post doesn't say it."""
        if "target_base" not in self.data:
            return None
        base = self.data.get("target_base")
        return TargetControl(parse_number(base), parse_number(self.data.get("target", base)))

    @property
    def chosen_target(self) -> str | None:
        """Return the ID of the target that was selected on this page, None if none was."""
        target = self.data.get("target")
        return None if target == self.data.get("target_base") else target

    def integrity_errors(self) -> Iterator[Finding]:
        """Yield a finding for each field that was sent more than once."""
        for name, values in self.data.lists():
            if values[1:] and name not in _LISTS:
                place = "/" + name.replace("-", "/")
                yield integrity_error("This field was sent more than once.", place)


def too_long_field(data: QueryDict) -> str:
    """Return a message about the first field that is longer than any list of ours, or ""."""
    for name, values in data.lists():
        length = sum(map(len, values))
        if name not in _DOCUMENTS and length > _MAX_FIELD:
            return (
                f"{name[:100]} has {length:,} characters; a field can have {_MAX_FIELD:,}."
                " Nothing was saved."
            )
    return ""


def new_page_id() -> str:
    """Return an id that tells an open page from all others."""
    return str(uuid.uuid4())


def integrity_error(message: str, pointer: str = "") -> Finding:
    """Return the finding for a post that contradicts itself."""
    return Finding(INTEGRITY, Severity.ERROR, pointer, message)


def too_large(state: DraftState) -> Iterator[Finding]:
    """Yield a finding at the first place that has more than a draft can hold."""
    if excess := first_excess(state):
        pointer, message = excess
        yield integrity_error(f"{message} Nothing was saved.", pointer)
