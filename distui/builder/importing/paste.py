"""A document that was pasted over a draft: what was read, and what of it is undone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.http import QueryDict

from distui.builder.importing.batch import Batch, Candidate
from distui.builder.importing.sources import ImportSource
from distui.core import Context
from distui.core.document.parse_error import ParseError


@dataclass(frozen=True)
class Paste:
    """The text, and what was read; ``error`` says why it doesn't replace the draft."""

    text: str
    batch: Batch | None = None
    error: ParseError | None = None

    @classmethod
    def of_post(cls, data: QueryDict, context: Context) -> Paste:
        """Return the pasted document of a post.

        The check boxes and radio buttons count only if they were shown for the same text.
        """
        text = data.get("document", "")
        if not text.strip():
            return cls(text, error=ParseError("Paste a document."))
        is_same = data.get("pasted") == _digest(text)
        batch = Batch(
            [ImportSource("", text.encode("utf-8", "surrogatepass"))],
            context,
            undone=data.getlist("undo") if is_same else (),
            chosen=data.getlist("draft") if is_same else (),
        )
        if batch.unreadable:
            return cls(text, error=batch.unreadable[0].error)
        if len(batch.chosen) != 1:
            found = f"The document has {len(batch.candidates)} configurations."
            return cls(text, batch, ParseError(f"{found} Select the one that replaces this draft."))
        return cls(text, batch)

    @property
    def digest(self) -> str:
        """Return a text that is posted with the choices for this document."""
        return _digest(self.text)

    @property
    def chosen(self) -> Candidate | None:
        """Return the configuration that replaces the draft."""
        return None if self.error or self.batch is None else self.batch.chosen[0]

    @property
    def is_shown(self) -> bool:
        """Return True if there is something to correct, to choose or to undo."""
        return bool(self.error) or (self.batch is not None and self.batch.needs_review)


def _digest(text: str) -> str:
    lines = "\n".join(text.splitlines())  # browsers post other line breaks than they show
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
