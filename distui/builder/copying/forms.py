"""What one may choose when a Region is copied, or a section of it applied, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.conf import settings

from distui.builder.changes.edits import InvalidPointer
from distui.builder.copying.copy import (
    RegionalValue,
    Source,
    apply_section,
    copy_region,
    region_code,
    regional_values,
)
from distui.builder.copying.region_choices import DraftRegion, RegionGroup, region_groups
from distui.builder.forms.declarations import DistributionForm
from distui.builder.forms.labels import region_label
from distui.builder.state import summaries
from distui.builder.state.draft_state import DraftState, to_document
from distui.core.reference import regions
from distui.core.schema import shapes
from distui.core.text.characters import quoted

_MOST_PROBLEMS = 5


class SelectionForm:
    """A choice of others than the source. ``chosen`` holds values of ``open_values``.

    ``problems`` says of a post's values why they can't be chosen.
    """

    template = ""

    def __init__(self, state: DraftState, source: Source) -> None:
        self.state, self.source = state, source
        self.chosen: list[str] = []
        self.problems: list[str] = []

    @property
    def title(self) -> str:
        """What the source is called: its Region, else its number."""
        return region_label(self.source.region, self.source.index)

    @property
    def labels(self) -> list[str]:
        """What the source has, in short."""
        return summaries.summary_labels(
            to_document(self.source.distribution, shapes.shape("Distribution"))
        )

    @property
    def bound(self) -> list[RegionalValue]:
        """What is copied and belongs to one Region."""
        return regional_values(self.source.part)

    @property
    def open_values(self) -> list[str]:
        """All that can be chosen, in the order of the page."""
        raise NotImplementedError

    @property
    def open_text(self) -> str:
        """The same as a button posts them."""
        return ",".join(self.open_values)

    @property
    def anchor(self) -> str:
        """The HTML id of the first box that can be chosen, where a problem is mended."""
        return "choice-first" if self.open_values else "choice"

    def read(self, values: Iterable[str]) -> None:
        """Choose what was posted, and say what of it can't be."""
        wanted: set[str] = set()
        for value in dict.fromkeys(values):
            found, problem = self._meant(value)
            wanted.add(found)
            self.problems += [problem] if problem else []
        self.chosen = [value for value in self.open_values if value in wanted]
        if not self.chosen and not self.problems:
            self.problems = ["Choose at least one Region."]
        del self.problems[_MOST_PROBLEMS:]

    def _meant(self, value: str) -> tuple[str, str]:
        """The value that was meant, and what is wrong with it."""
        raise NotImplementedError

    def change(self, values: Iterable[str], *, on: bool) -> None:
        """Choose these as well, or these no more."""
        named = set(values)
        kept = named.union(self.chosen) if on else set(self.chosen) - named
        self.chosen, self.problems = [v for v in self.open_values if v in kept], []

    def result(self) -> tuple[DraftState, int]:
        """The state that the choice makes, and the place of the first Region that is new in it."""
        raise NotImplementedError

    @property
    def message(self) -> str:
        """What was done."""
        raise NotImplementedError

    @property
    def leftover(self) -> str:
        """What was copied though it belongs to the source's Region; empty where nothing was."""
        names = ", ".join(value.name for value in self.bound if not value.follows)
        return f"These belong to {self.title} and are marked in each: {names}." if names else ""

    def _number(self) -> str:
        return f"{len(self.chosen)} Region{'' if len(self.chosen) == 1 else 's'}"


class CopyForm(SelectionForm):
    """Regions to copy to: those of the source's partition that the draft doesn't have yet."""

    template = "builder/copying/copy_to_regions.html"

    @cached_property
    def partition(self) -> str:
        """The source's partition, else that of the first Region that has one."""
        codes = [self.source.region, *map(region_code, self.state["distributions"])]
        found = (regions.partition_of(code) for code in codes)
        return next(filter(None, found), "aws")

    @cached_property
    def areas(self) -> list[RegionGroup]:
        """Every Region of the partition, by the part of the world."""
        there = {region_code(item) for item in self.state["distributions"]}
        return region_groups(
            self.partition, settings.DISTUI_EXTRA_REGIONS, there, self.source.region
        )

    @cached_property
    def open_values(self) -> list[str]:
        """The Regions that can be chosen."""
        return [region for area in self.areas for region in area.open]

    def _meant(self, value: str) -> tuple[str, str]:
        code = value.strip().lower()
        if any(code == spot.region for area in self.areas for spot in area.spots):
            return code, ""  # one that stands already is no mistake, and is not chosen
        if other := regions.partition_of(code):
            return "", (
                f"{code} lies in partition {other}, and {self.title} in {self.partition}."
                " Make a configuration of its own for each partition."
            )
        return "", f"{quoted(value)} is no Region that is known here."

    def result(self) -> tuple[DraftState, int]:
        """The state with the copies, which stand after the source."""
        return copy_region(self.state, self.source.index, self.chosen), self.source.index + 1

    @property
    def message(self) -> str:
        """How often it was copied."""
        return f"Copied {self.title} to {self._number()}."


class ApplyForm(SelectionForm):
    """Other Regions of the draft, whose section is to be replaced."""

    template = "builder/copying/apply_to_regions.html"

    @property
    def section(self) -> str:
        """What the section is called."""
        return str(DistributionForm.Meta.labels.get(self.source.member, self.source.member))

    @cached_property
    def others(self) -> list[DraftRegion]:
        """The draft's other Regions."""
        mine = self.source.distribution[self.source.member]
        items = enumerate(self.state["distributions"])
        return [
            DraftRegion.of(index, item, item.get(self.source.member), mine)
            for index, item in items
            if index != self.source.index
        ]

    @cached_property
    def open_values(self) -> list[str]:
        """Those Regions, as ``2:us-east-1``: a place alone may be another's meanwhile."""
        return [other.value for other in self.others]

    def _meant(self, value: str) -> tuple[str, str]:
        _, _, code = value.partition(":")
        same = [other.value for other in self.others if code and other.region == code]
        if value in self.open_values or same:
            return value if value in self.open_values else same[0], ""
        return "", f"{quoted(code or value)} is none of this draft's other Regions."

    def result(self) -> tuple[DraftState, int]:
        """The state with the section in the chosen Regions."""
        indexes = [other.index for other in self.others if other.value in self.chosen]
        return apply_section(self.state, self.source.pointer, indexes), indexes[0]

    @property
    def message(self) -> str:
        """What was applied how often."""
        return f"{self.section} of {self.title} applied to {self._number()}."


def form_for(state: DraftState, pointer: str, seen: str | None = None) -> SelectionForm:
    """The picker for what stands at the pointer. Raises ``InvalidPointer``.

    ``seen`` is the Region that a page showed there: where another one stands there by now, the
    source is looked for where that Region is.
    """
    source = _source(state, pointer, seen)
    return ApplyForm(state, source) if source.member else CopyForm(state, source)


def _source(state: DraftState, pointer: str, seen: str | None) -> Source:
    """The source there, or where the Region that was seen there is by now."""
    _, _, rest = pointer.removeprefix("/distributions/").partition("/")
    items = state.get("distributions", [])
    moved = [
        f"/distributions/{index}" + (f"/{rest}" if rest else "")
        for index, item in enumerate(items)
        if seen and region_code(item) == seen
    ]
    for place in (pointer, *moved):
        try:
            source = Source.at(state, place)
        except InvalidPointer:
            continue
        if seen is None or source.region == seen:
            return source
    raise InvalidPointer(pointer)
