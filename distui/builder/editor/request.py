"""What the editor's form sends: its fields, the revision that they grew from, and the button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from distui.builder.models import SavedBy
from distui.core import Finding, Severity

# The verbs that only save what was typed, wherever they lead then.
PLAIN = ("save", "autosave", "review", "copy", "apply", "close", "edit")


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the editor.

    The button is a verb and a place: ``save``, ``autosave``, ``review``, ``close``, ``undo``,
    ``redo``, ``paste``, ``mine:7``, ``theirs``, ``edit:/distributions/2``, ``copy:`` and ``apply:``
    with a place, or that of an ``Edit`` or of ``fixes``. ``page`` tells two windows apart, and
    ``changes`` which of two posts of one is the later: how often its fields were changed.
    ``former`` is the page that its window had before. ``left`` has the ids of the controls that the
    person has been to and left, ``fresh`` those of them that were left just now, ``at`` that of the
    one that they are in and that is told nothing yet.
    """

    data: QueryDict
    verb: str
    place: str
    revision: int
    open: int | None
    page: str = ""
    changes: int = 0
    former: str = ""
    left: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    at: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> Post:
        """The post. A button, revision or number that makes no sense counts as none."""
        verb, _, place = data.get("op", "save").partition(":")
        return cls(
            data,
            verb,
            place,
            number(data.get("revision")) or 0,
            number(data.get("open")),
            data.get("page", "")[:36],
            number(data.get("changes")) or 0,
            data.get("former", "")[:36],
            frozenset(data.get("left", "").split()),
            frozenset(data.get("fresh", "").split()),
            data.get("at", ""),
        )

    @property
    def by(self) -> SavedBy:
        """What saves."""
        return SavedBy(self.page, self.changes, self.verb in PLAIN)

    def repeated(self) -> Iterator[Finding]:
        """Fields that were sent more than once: which one was meant can't be told."""
        for name, values in self.data.lists():
            if len(values) > 1:
                yield doubt("This field was sent more than once.", "/" + name.replace("-", "/"))


def doubt(message: str, pointer: str = "") -> Finding:
    """Why a post can't be taken at its word."""
    return Finding("L108", Severity.ERROR, pointer, message)


def number(text: str | None) -> int | None:
    """The number that is written there in plain digits, else None."""
    plain = text and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text and plain else None
