"""The result of reading an import: each configuration, and each source that can't be read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from distui.builder.analysis import FindingIndex, analyze
from distui.builder.forms.locations import location
from distui.builder.importing.sources import ImportSource
from distui.builder.state.importer import Imported, read_documents
from distui.core import Context
from distui.core.document.parse_error import ParseError
from distui.core.document.unresolved import is_marked
from distui.core.formats.reader import pseudo_parameters

_MAX_ROWS = 200  # changes and expressions of a configuration that the page lists


class BatchRow(NamedTuple):
    """A change or an expression: where it is, and its check box's value, "" without one."""

    line: int
    place: str
    text: str
    value: str = ""
    is_undone: bool = False

    @property
    def label(self) -> str:
        """Return the place and the text."""
        return f"{self.place}: {self.text}" if self.place else self.text


@dataclass(frozen=True)
class Candidate:
    """A configuration that can become a draft; ``key`` names it on the page.

    ``undone`` has the values of the check boxes that are checked.
    """

    key: str
    source: ImportSource
    imported: Imported
    context: Context
    undone: Collection[str] = ()
    is_chosen: bool = True

    @property
    def name(self) -> str:
        """Return the configuration's name, if it has one."""
        return _known(self.imported.state.get("name"))

    @cached_property
    def findings(self) -> FindingIndex:
        """Return the findings that the draft would have."""
        return analyze(self.imported.text, self.context).findings

    @property
    def first_region(self) -> int | None:
        """Return the index of the Region to open: the first with errors, or the only one."""
        with_errors = (index for index, found in self.findings.counts_by_region.items() if found[0])
        found = [index for index in with_errors if index is not None]
        is_single = len(self.imported.state.get("distributions", ())) == 1
        return min(found, default=0 if is_single else None)

    @property
    def changes(self) -> list[BatchRow]:
        """Return the first changes; each that can be undone has a check box."""
        rows = []
        for change in self.imported.changes[:_MAX_ROWS]:
            value = change.key and f"{self.key}.{change.key}"
            place = self._locate(change.pointer)
            rows.append(BatchRow(change.line, place, change.message, value, value in self.undone))
        return rows

    @property
    def unresolved(self) -> list[BatchRow]:
        """Return the first expressions without a value."""
        found = self.imported.reading.unresolved[:_MAX_ROWS]
        return [BatchRow(one.line, self._locate(one.pointer), one.expression) for one in found]

    @property
    def can_undo(self) -> bool:
        """Return True if some of the changes can be undone."""
        return any(change.key for change in self.imported.changes)

    @property
    def more(self) -> int:
        """Return how many changes and expressions are not listed."""
        counts = (len(self.imported.changes), len(self.imported.reading.unresolved))
        return sum(max(count - _MAX_ROWS, 0) for count in counts)

    def _locate(self, pointer: str) -> str:
        items = self.imported.state.get("distributions", ())
        named = [{"region": _known(item.get("region"))} for item in items]
        return location(named, pointer) or pointer


def _known(value: Any) -> str:
    """Return the value as text, "" for none and for an expression without a value."""
    return "" if value is None or is_marked(value) else str(value)


class Unreadable(NamedTuple):
    """A source that can't be read, and why."""

    source: ImportSource
    error: ParseError


class Batch:
    """The configurations of all sources, without the changes that are to be undone.

    A source is read as a whole or not at all. The account and the home Region of the ``context``
    are values of pseudo parameters. ``undone`` has values of the rows' check boxes, ``chosen`` the
    keys of the selected candidates; None selects all.
    """

    def __init__(
        self,
        sources: Sequence[ImportSource],
        context: Context,
        *,
        undone: Collection[str] = (),
        chosen: Collection[str] | None = None,
    ) -> None:
        pseudo = pseudo_parameters(context.own_account, context.home_region)
        self.sources = sources
        undone = frozenset(undone)
        self.candidates: list[Candidate] = []
        self.unreadable: list[Unreadable] = []
        for number, source in enumerate(sources):
            start = f"{number}."
            keys = [key.removeprefix(start) for key in undone if key.startswith(start)]
            try:
                found = read_documents(source.content, keys, pseudo)
            except ParseError as error:
                self.unreadable.append(Unreadable(source, error))
                continue
            for index, imported in enumerate(found):
                key = f"{start}{index}"
                is_chosen = chosen is None or key in chosen
                self.candidates.append(Candidate(key, source, imported, context, undone, is_chosen))

    @property
    def needs_review(self) -> bool:
        """Return False if there is only a request that is imported as it is."""
        is_one = self.is_only and not self.unreadable
        return not (is_one and self.candidates[0].imported.is_as_written)

    @property
    def chosen(self) -> list[Candidate]:
        """Return the selected candidates; one without others doesn't have to be selected."""
        return [one for one in self.candidates if self.is_only or one.is_chosen]

    @property
    def is_only(self) -> bool:
        """Return True if there is nothing to choose from."""
        return len(self.candidates) == 1
