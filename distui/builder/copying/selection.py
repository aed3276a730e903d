"""The base of the forms that select Regions."""

from __future__ import annotations

from collections.abc import Iterable

from distui.builder.copying.regional_values import RegionalValue, regional_values
from distui.builder.copying.source import Source
from distui.builder.forms.locations import region_label
from distui.builder.state.draft_state import DraftState

_MAX_PROBLEMS = 5
_MOST_NAMED = 8  # Regions in a message


class SelectionForm:
    """A selection of Regions other than the source.

    ``selected`` has values out of ``available``; ``problems`` are the reasons why posted values
    cannot be selected. ``opened`` is the index of the Region that was open in the editor.
    """

    template = ""

    def __init__(self, state: DraftState, source: Source, opened: int | None = None) -> None:
        self.state, self.source, self.opened = state, source, opened
        self.items = state.get("distributions", [])
        self.selected: list[str] = []
        self.problems: list[str] = []

    @property
    def pointer(self) -> str:
        """Return the pointer of what the Regions get."""
        return self.source.pointer

    @property
    def source_label(self) -> str:
        """Return the source's Region code, or its number if it has none."""
        return region_label(self.source.region, self.source.index)

    @property
    def regional_values(self) -> list[RegionalValue]:
        """Return the Region-specific values that are copied."""
        return regional_values(self.source.content)

    @property
    def available(self) -> list[str]:
        """Return all values that can be selected, in the order of the page."""
        raise NotImplementedError

    @property
    def error_target(self) -> str:
        """Return the HTML id that the error summary links to."""
        return "choice-first" if self.available else "choice"

    def read(self, values: Iterable[str]) -> None:
        """Select the posted values, and collect the problems: at least one has to be selected."""
        self.preselect(values)
        if not self.selected and not self.problems:
            self.problems = ["Select at least one Region."]

    def preselect(self, values: Iterable[str]) -> None:
        """Select the values, and collect the problems of those that cannot be."""
        wanted: set[str] = set()
        for posted in dict.fromkeys(values):
            value, problem = self._resolve(posted)
            wanted.add(value)
            self.problems += [problem] if problem else []
        self.selected = [value for value in self.available if value in wanted]
        del self.problems[_MAX_PROBLEMS:]

    def _resolve(self, posted: str) -> tuple[str, str]:
        """Return the choice for a posted value, and a problem or ``""``."""
        raise NotImplementedError

    def select(self, values: Iterable[str]) -> None:
        """Add these values to the selection."""
        self._set_selected({*self.selected, *values})

    def clear(self, values: Iterable[str]) -> None:
        """Remove these values from the selection."""
        self._set_selected({*self.selected} - {*values})

    def _set_selected(self, values: set[str]) -> None:
        self.selected = [value for value in self.available if value in values]
        self.problems = []

    def result(self) -> DraftState:
        """Return the new state."""
        raise NotImplementedError

    def place(self, *, done: bool) -> tuple[int | None, str]:
        """Return where the person was in the editor: the index of the open Region and an HTML id.

        Once it is ``done``, Regions may have other indexes.
        """
        raise NotImplementedError

    @property
    def message(self) -> str:
        """Return the message that it was done: it names the Regions, and what to check there."""
        names = ", ".join(value.name for value in self.regional_values if not value.is_adjusted)
        done = self._done(named_regions([*map(_label, self.selected)]))
        return f"{done} Not adjusted (specific to {self.source_label}): {names}." if names else done

    def _done(self, names: str) -> str:
        """Return the sentence that it was done for the Regions of these names."""
        raise NotImplementedError


def _label(value: str) -> str:
    """Return the label of the Region that a checkbox posts: ``us-east-1`` or ``2:us-east-1``."""
    index, _, code = value.rpartition(":")
    return region_label(code, int(index or 0))


def named_regions(labels: list[str]) -> str:
    """Return the labels of the first Regions, and how many more there are."""
    more = len(labels) - _MOST_NAMED
    names = ", ".join(labels[:_MOST_NAMED])
    return f"{names} and {more} more" if more > 0 else names
