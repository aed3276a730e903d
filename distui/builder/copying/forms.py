"""Forms that select the Regions to copy a Region to, or to apply a section of it to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.conf import settings

from distui.builder.copying.copy import Source, apply_section, copy_region, region_code
from distui.builder.copying.region_choices import DraftRegion, RegionGroup, region_groups
from distui.builder.copying.regional_values import RegionalValue, regional_values
from distui.builder.forms.declarations import DistributionForm
from distui.builder.forms.locations import region_label
from distui.builder.state import summaries
from distui.builder.state.draft_state import DraftState, to_document
from distui.builder.state.errors import InvalidPointer
from distui.core.reference import regions
from distui.core.schema import shapes
from distui.core.text.characters import quoted
from distui.core.text.pluralize import pluralize

_MAX_PROBLEMS = 5


class SelectionForm:
    """A selection of Regions other than the source.

    ``selected`` has values out of ``available``; ``problems`` are the reasons why posted values
    cannot be selected.
    """

    template = ""

    def __init__(self, state: DraftState, source: Source) -> None:
        self.state, self.source = state, source
        self.selected: list[str] = []
        self.problems: list[str] = []

    @property
    def source_label(self) -> str:
        """Return the source's Region code, or its number if it has none."""
        return region_label(self.source.region, self.source.index)

    @property
    def source_summary(self) -> tuple[str, ...]:
        """Return short labels of what the source has."""
        return summaries.summary_labels(
            to_document(self.source.distribution, shapes.shape("Distribution"))
        )

    @property
    def regional_values(self) -> list[RegionalValue]:
        """Return the Region-specific values that are copied."""
        return regional_values(self.source.content)

    @property
    def available(self) -> list[str]:
        """Return all values that can be selected, in the order of the page."""
        raise NotImplementedError

    @property
    def joined_available(self) -> str:
        """Return the same as a button posts them, separated by commas."""
        return ",".join(self.available)

    @property
    def error_target(self) -> str:
        """Return the HTML id that the error summary links to."""
        return "choice-first" if self.available else "choice"

    def read(self, values: Iterable[str]) -> None:
        """Select the posted values, and collect the problems of those that cannot be."""
        wanted: set[str] = set()
        for posted in dict.fromkeys(values):
            value, problem = self._resolve(posted)
            wanted.add(value)
            self.problems += [problem] if problem else []
        self.selected = [value for value in self.available if value in wanted]
        if not self.selected and not self.problems:
            self.problems = ["Select at least one Region."]
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

    def result(self) -> tuple[DraftState, int]:
        """Return the new state, and the index of the first Region that is changed in it."""
        raise NotImplementedError

    @property
    def message(self) -> str:
        """Return the message that it was done."""
        raise NotImplementedError

    @property
    def warning(self) -> str:
        """Return a message that names the values that were not adjusted; ``""`` without any."""
        names = ", ".join(value.name for value in self.regional_values if not value.is_adjusted)
        return f"Not adjusted (specific to {self.source_label}): {names}." if names else ""

    def _selected_count(self) -> str:
        return pluralize(len(self.selected), "Region")


class CopyForm(SelectionForm):
    """Regions to copy to: those of the source's partition that the draft does not have."""

    template = "builder/copying/copy_to_regions.html"

    @cached_property
    def partition(self) -> str:
        """Return the partition of the source, or of the draft's first known Region."""
        codes = [self.source.region, *map(region_code, self.state["distributions"])]
        found = (regions.partition_of(code) for code in codes)
        return next(filter(None, found), "aws")

    @cached_property
    def groups(self) -> list[RegionGroup]:
        """Return every Region of the partition, grouped by part of the world."""
        in_draft = {region_code(item) for item in self.state["distributions"]}
        return region_groups(
            self.partition, settings.DISTUI_EXTRA_REGIONS, in_draft, self.source.region
        )

    @cached_property
    def available(self) -> list[str]:
        """Return the Regions that can be selected."""
        return [region for group in self.groups for region in group.available]

    def _resolve(self, posted: str) -> tuple[str, str]:
        code = posted.strip().lower()
        if any(code == choice.region for group in self.groups for choice in group.choices):
            return code, ""  # a Region that the draft has is skipped, not an error
        if partition := regions.partition_of(code):
            return "", (
                f"{code} is in partition {partition}; {self.source_label} is in"
                f" {self.partition}. Use a separate configuration for each partition."
            )
        return "", f"Unknown Region {quoted(posted)}."

    def result(self) -> tuple[DraftState, int]:
        """Return the state with the copies after the source."""
        return copy_region(self.state, self.source.index, self.selected), self.source.index + 1

    @property
    def message(self) -> str:
        """Return the message that the Region was copied."""
        return f"Copied {self.source_label} to {self._selected_count()}."


class ApplyForm(SelectionForm):
    """Other Regions of the draft, in which a section will be replaced."""

    template = "builder/copying/apply_to_regions.html"

    @property
    def section_label(self) -> str:
        """Return the label of the section."""
        return str(DistributionForm.Meta.labels.get(self.source.member, self.source.member))

    @cached_property
    def draft_regions(self) -> list[DraftRegion]:
        """Return the draft's other Regions."""
        section = self.source.distribution[self.source.member]
        items = enumerate(self.state["distributions"])
        return [
            DraftRegion.of(index, item, item.get(self.source.member), section)
            for index, item in items
            if index != self.source.index
        ]

    @cached_property
    def available(self) -> list[str]:
        """Return those Regions as ``2:us-east-1``: an index alone may have changed its Region."""
        return [other.value for other in self.draft_regions]

    def _resolve(self, posted: str) -> tuple[str, str]:
        _, _, code = posted.partition(":")
        if posted in self.available:
            return posted, ""
        moved = [other.value for other in self.draft_regions if code and other.region == code]
        if moved:
            return moved[0], ""
        return "", f"{quoted(code or posted)} is not another Region of this draft."

    def result(self) -> tuple[DraftState, int]:
        """Return the state with the section in the selected Regions."""
        indexes = [other.index for other in self.draft_regions if other.value in self.selected]
        return apply_section(self.state, self.source.pointer, indexes), indexes[0]

    @property
    def message(self) -> str:
        """Return the message that the section was applied."""
        return f"Applied {self.section_label} of {self.source_label} to {self._selected_count()}."


def form_for(state: DraftState, pointer: str, seen: str | None = None) -> SelectionForm:
    """Return the form for the Region or the section at the pointer.

    ``seen`` is the Region that the page showed there: if it has moved, the source is searched for
    where it is now. Raises ``InvalidPointer``.
    """
    source = _find_source(state, pointer, seen)
    return ApplyForm(state, source) if source.member else CopyForm(state, source)


def _find_source(state: DraftState, pointer: str, seen: str | None) -> Source:
    _, _, rest = pointer.removeprefix("/distributions/").partition("/")
    items = state.get("distributions", [])
    moved = [
        f"/distributions/{index}" + (f"/{rest}" if rest else "")
        for index, item in enumerate(items)
        if seen and region_code(item) == seen
    ]
    for candidate in (pointer, *moved):
        try:
            source = Source.at(state, candidate)
        except InvalidPointer:
            continue
        if seen is None or source.region == seen:
            return source
    raise InvalidPointer(pointer)
