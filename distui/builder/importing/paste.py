"""The box that edits a draft as JSON: what it was filled with, what was read, what is undone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from django.http import QueryDict

from distui.builder.changes.merge import merge
from distui.builder.importing.batch import Batch, Candidate
from distui.builder.importing.sources import ImportSource
from distui.builder.state.draft_state import DraftState, to_document
from distui.core import Context
from distui.core.document import printing
from distui.core.document.parse_error import ParseError


@dataclass(frozen=True)
class Paste:
    """The text, and what was read; ``error`` says why it doesn't replace the draft.

    ``offered`` is the draft's JSON that the box was filled with, "" if it was empty. ``base`` is
    the state that has this JSON: changes of the draft since then are merged. ``overwrites`` is
    the revision whose changes are in conflict with the text. ``is_reviewed`` says that the text
    replaced the draft, and the page lists what was read.
    """

    text: str
    batch: Batch | None = None
    error: ParseError | None = None
    offered: str = ""
    base: DraftState | None = None
    overwrites: int | None = None
    is_reviewed: bool = False

    @classmethod
    def of_state(cls, state: DraftState) -> Paste:
        """Return the box with the JSON of the state."""
        text = printing.dumps(to_document(state))
        return cls(text, offered=text)

    @classmethod
    def on_page(cls, data: QueryDict) -> Paste | None:
        """Return the box that the page shows, None if it is closed."""
        text, offered = data.get("document", ""), data.get("offered", "")
        is_reviewed = "offered" not in data and data.get("pasted") == _digest(text)
        found = cls(text, offered=offered, is_reviewed=is_reviewed)
        return found if text or offered else None

    @classmethod
    def of_post(cls, data: QueryDict, context: Context) -> Paste:
        """Return the pasted document of a post.

        The check boxes and radio buttons count only if they were shown for the same text.
        """
        text, offered = data.get("document", ""), data.get("offered", "")
        if not text.strip():
            return cls(text, error=ParseError("Paste a document."), offered=offered)
        is_same = data.get("pasted") == _digest(text)
        batch = Batch(
            [ImportSource("", text.encode("utf-8", "surrogatepass"))],
            context,
            undone=data.getlist("undo") if is_same else (),
            chosen=data.getlist("draft") if is_same else (),
        )
        if batch.unreadable:
            return cls(text, error=batch.unreadable[0].error, offered=offered)
        if len(batch.chosen) != 1:
            found = f"The document has {len(batch.candidates)} configurations."
            error = ParseError(f"{found} Select the one that replaces this draft.")
            return cls(text, batch, error, offered)
        return cls(text, batch, offered=offered, base=_read(offered, context))

    def in_conflict(self, base: DraftState, revision: int, changes: str) -> Paste:
        """Return the box after the draft was changed, since ``base``, where the text differs."""
        offered = self.offered or Paste.of_state(base).text
        error = ParseError(
            f"Not replaced: the draft was changed in the meantime ({changes})."
            " Replace anyway uses this document where both differ."
        )
        return replace(self, error=error, offered=offered, overwrites=revision)

    def unused(self) -> Paste:
        """Return the box after a button that leads to another page was pressed."""
        text = "This JSON isn't in the draft yet. Replace the draft or discard the JSON first."
        return replace(self, error=ParseError(text))

    @property
    def digest(self) -> str:
        """Return a text that is posted with the choices for this document."""
        return _digest(self.text)

    @property
    def chosen(self) -> Candidate | None:
        """Return the configuration that replaces the draft."""
        return None if self.error or self.batch is None else self.batch.chosen[0]

    def is_late(self, saved: DraftState) -> bool:
        """Return True if the draft, now ``saved``, was changed since the box was filled with it."""
        now = Paste.of_state(saved).text
        return self.base is not None and _digest(self.offered) != _digest(now)

    def merge_base(self, state: DraftState, saved: DraftState) -> DraftState | None:
        """Return what the document's state and the saved one are compared with, if it is known.

        The JSON that was edited lacks empty rows and expressions: the draft keeps them, unless
        the document has something else at their place.
        """
        if self.base is None or self.is_late(saved):
            return self.base
        return None if merge(self.base, state, saved).conflicts else self.base

    @property
    def is_untouched(self) -> bool:
        """Return True if the text is what the box was filled with."""
        return _digest(self.text) == _digest(self.offered)

    @property
    def is_edited(self) -> bool:
        """Return True if the text was edited, and isn't in the draft."""
        return not (self.is_untouched or self.is_reviewed)

    @property
    def is_shown(self) -> bool:
        """Return True if there is something to edit, to correct, to choose or to undo."""
        if self.error or self.batch is None:
            return not self.is_reviewed
        return self.batch.needs_review


def _read(offered: str, context: Context) -> DraftState | None:
    """Return the state of the JSON that was offered, read like the text that it became."""
    batch = Batch([ImportSource("", offered.encode("utf-8", "surrogatepass"))], context)
    return batch.candidates[0].imported.state if batch.is_only else None


def _digest(text: str) -> str:
    lines = "\n".join(text.splitlines())  # browsers post other line breaks than they show
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
