"""Forms that select Regions: to add, to copy a Region to, or to apply something of it to."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings

from distui.builder.copying.copy import add_regions, apply_value, copy_region
from distui.builder.copying.region_choices import (
    DraftRegion,
    DraftRegionGroup,
    RegionGroup,
    region_groups,
    short_text,
)
from distui.builder.copying.selection import SelectionForm
from distui.builder.copying.source import Source, region_code
from distui.builder.forms.element_ids import element_id
from distui.builder.forms.locations import label_for
from distui.builder.state import summaries
from distui.builder.state.draft_state import DraftState, to_document
from distui.builder.state.errors import InvalidPointer
from distui.core.reference import regions
from distui.core.reference.geography import is_opt_in
from distui.core.schema import shapes
from distui.core.text.characters import quoted

REGIONS = "/distributions"
_EFFECTS = {"empty": "Empty", "different": "Different value"}


class AddForm(SelectionForm):
    """Regions of the draft's partition that it does not have, to add without content."""

    template = "builder/copying/copy_to_regions.html"
    title, verb, word = "Add Regions", "add", "Add"
    source_label = "this draft"
    pointer = REGIONS

    @cached_property
    def partition(self) -> str:
        """Return the partition of the source, or of the draft's first known Region."""
        codes = [self.source.region, *map(region_code, self.items)]
        found = (regions.partition_of(code) for code in codes)
        return next(filter(None, found), "aws")

    @cached_property
    def groups(self) -> list[RegionGroup]:
        """Return every Region of the partition, grouped by part of the world."""
        in_draft = {*map(region_code, self.items)}
        return region_groups(
            self.partition, settings.DISTUI_EXTRA_REGIONS, in_draft, self.source.region
        )

    @cached_property
    def available(self) -> list[str]:
        """Return the Regions that can be selected."""
        return [region for group in self.groups for region in group.available]

    @property
    def joined_available(self) -> str:
        """Return the same as a button posts them, separated by commas."""
        return ",".join(self.available)

    @property
    def joined_enabled(self) -> str:
        """Return those that are enabled by default, in the same way."""
        return ",".join(region for region in self.available if not is_opt_in(region))

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

    def result(self) -> DraftState:
        """Return the state with the new Regions at the end."""
        return add_regions(self.state, self.selected)

    def place(self, *, done: bool) -> tuple[int | None, str]:
        """Return the place of the new Regions."""
        return self.opened, f"distributions-{len(self.items)}" if done else "distributions"

    def _done(self, names: str) -> str:
        return f"Added {names}."


class CopyForm(AddForm):
    """Regions to copy a Region to: those of its partition that the draft does not have."""

    title, verb, word = "Copy to Regions", "copy", "Copy to"
    source_label = SelectionForm.source_label
    pointer = SelectionForm.pointer

    @property
    def source_summary(self) -> tuple[str, ...]:
        """Return short labels of what the source has."""
        shape = shapes.shape("Distribution")
        return summaries.summary_labels(to_document(self.source.distribution, shape))

    def result(self) -> DraftState:
        """Return the state with the copies after the source."""
        return copy_region(self.state, self.source.index, self.selected)

    def place(self, *, done: bool) -> tuple[int | None, str]:
        """Return the place of the source."""
        moved = done and self.opened is not None and self.opened > self.source.index
        opened = self.opened + len(self.selected) if moved and self.opened else self.opened
        return opened, f"distributions-{self.source.index}"

    def _done(self, names: str) -> str:
        return f"Copied {self.source_label} to {names}."


class ApplyForm(SelectionForm):
    """Other Regions of the draft, which get a section or the value of a control."""

    template = "builder/copying/apply_to_regions.html"

    @property
    def title(self) -> str:
        """Return the page's title without the source."""
        return f"{self.word} {self.where}"

    @property
    def word(self) -> str:
        """Return the verb: a section is applied, a value set."""
        return "Set" if self.source.is_value else "Apply"

    @property
    def where(self) -> str:
        """Return where the verb does it."""
        return "in other Regions" if self.word == "Set" else "to Regions"

    @property
    def button(self) -> str:
        """Return the beginning of the button's words, before the number of Regions."""
        return "Set in" if self.word == "Set" else "Apply to"

    @property
    def label(self) -> str:
        """Return the label of the section or the control."""
        return label_for(self.pointer)

    @property
    def is_empty(self) -> bool:
        """Return True if applying it removes the value of other Regions."""
        return self.source.value_in(self.source.distribution) in (None, "", [], {})

    @property
    def value(self) -> str:
        """Return the value that is set, as a short text."""
        return short_text(self.source.value_in(self.source.distribution))

    @cached_property
    def _others(self) -> list[DraftRegion]:
        items = enumerate(self.items)
        return [DraftRegion.of(i, item, self.source) for i, item in items if i != self.source.index]

    @property
    def groups(self) -> list[DraftRegionGroup]:
        """Return the Regions that can be selected: the empty ones, then the others."""
        found = {
            name: [other for other in self._others if other.effect == effect]
            for effect, name in _EFFECTS.items()
        }
        return [DraftRegionGroup(name, choices) for name, choices in found.items() if choices]

    @property
    def same(self) -> list[str]:
        """Return the codes of the Regions that have the same value."""
        return self._codes("same")

    @property
    def without(self) -> list[str]:
        """Return the codes of the Regions that have no such row."""
        return self._codes("none")

    def _codes(self, effect: str) -> list[str]:
        return [other.code for other in self._others if other.effect == effect]

    @cached_property
    def available(self) -> list[str]:
        """Return those Regions as ``2:us-east-1``: an index alone may have changed its Region."""
        return [other.value for group in self.groups for other in group.choices]

    def _resolve(self, posted: str) -> tuple[str, str]:
        _, _, code = posted.partition(":")
        values = {other.value: other.region for other in self._others}
        if posted in values:
            return posted, ""  # one that has the same value is skipped, not an error
        moved = [value for value, region in values.items() if code and region == code]
        if moved:
            return moved[0], ""
        return "", f"{quoted(code or posted)} is not another Region of this draft."

    @property
    def _indexes(self) -> list[int]:
        return [other.index for other in self._others if other.value in self.selected]

    def result(self) -> DraftState:
        """Return the state with the value in the selected Regions."""
        return apply_value(self.state, self.pointer, self._indexes)

    def place(self, *, done: bool) -> tuple[int | None, str]:
        """Return the place of the section or the control."""
        return self.source.index, element_id(self.pointer)

    def _done(self, names: str) -> str:
        if self.is_empty:
            return f"Cleared {self.label} in {names}."
        if self.word == "Set":
            return f"Set {self.label} of {self.source_label} in {names}."
        return f"Applied {self.label} of {self.source_label} to {names}."


def form_for(
    state: DraftState, pointer: str, seen: str | None = None, opened: int | None = None
) -> SelectionForm:
    """Return the form for the list of Regions, or for what a Region has at the pointer.

    ``seen`` is the Region that the page showed there: if it has moved, the source is searched for
    where it is now. Raises ``InvalidPointer``.
    """
    if pointer == REGIONS:
        return AddForm(state, Source(-1, (), {}), opened)
    source = _find_source(state, pointer, seen)
    return (ApplyForm if source.path else CopyForm)(state, source, opened)


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
