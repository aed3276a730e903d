"""The Regions that a page offers: as a list, as dots on a map, or as Regions of the draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from distui.builder.changes.diff import is_row_list, shown_value
from distui.builder.copying.source import Source, region_code
from distui.builder.forms.locations import region_label
from distui.builder.state.errors import InvalidPointer
from distui.core.reference import geography, regions, world_map
from distui.core.text.pluralize import pluralize

Json = dict[str, Any]

_ORDER = ("North America", "South America", "Europe", "Middle East", "Africa", "Asia Pacific")
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_MOST_ITEMS = 3  # of a list in a short text
_OTHER = "Other"  # Regions that only the settings know have no location


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A Region in the list, and a dot on the map if its location is known.

    One that is ``in_draft`` already cannot be selected; one of these is the source.
    """

    region: str
    name: str
    opt_in: bool
    in_draft: bool
    is_source: bool
    dot: world_map.Point | None

    @property
    def is_east(self) -> bool:
        """Return True if the name does not fit to the right of the dot."""
        return self.dot is not None and self.dot[0] > world_map.WIDTH * 0.75

    @property
    def label_x(self) -> float:
        """Return the x coordinate of the name, beside the dot."""
        x = self.dot[0] if self.dot else 0.0
        return round(x - 14 if self.is_east else x + 14, 1)


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """A part of the world and its Regions."""

    name: str
    choices: list[RegionChoice]

    @property
    def available(self) -> list[str]:
        """Return the codes of the Regions that the draft does not have."""
        return [choice.region for choice in self.choices if not choice.in_draft]

    @property
    def joined_available(self) -> str:
        """Return the same as a button posts them, separated by commas."""
        return ",".join(self.available)

    @property
    def id(self) -> str:
        """Return the group's HTML id."""
        return f"area-{self.name.lower().replace(' ', '-')}"


def region_groups(
    partition: str, extra: Iterable[str], in_draft: Collection[str], source: str
) -> list[RegionGroup]:
    """Return the Regions of the partition, and the extra ones that the SDK does not know."""
    new = sorted(set(extra) - {*regions.names()})
    groups: dict[str, list[RegionChoice]] = {area: [] for area in (*_ORDER, _OTHER)}
    locations, dots = geography.locations(), world_map.dot_positions(partition)
    for region, name in {**regions.partitions()[partition], **dict.fromkeys(new, "")}.items():
        area = locations[region].area if region in locations else _OTHER
        choice = RegionChoice(
            region=region,
            name=name.removeprefix(f"{area} (").removesuffix(")") if f"{area} (" in name else name,
            opt_in=geography.is_opt_in(region),
            in_draft=region in in_draft,
            is_source=region == source,
            dot=dots.get(region),
        )
        groups[area].append(choice)
    return [RegionGroup(name, choices) for name, choices in groups.items() if choices]


@dataclass(frozen=True, slots=True)
class DraftRegion:
    """Another Region of the draft, and what it has where something is to be applied.

    ``effect`` is ``same``, ``empty``, ``different``, or ``none`` if it has no such row.
    """

    index: int
    region: str
    current: str
    effect: str

    @classmethod
    def of(cls, index: int, distribution: Json, source: Source) -> DraftRegion:
        """Return the Region at that index of the draft."""
        region = region_code(distribution)
        try:
            current = source.value_in(distribution)
        except InvalidPointer:
            return cls(index, region, "", "none")
        wanted = source.value_for(region)
        if current == wanted or (current in _EMPTY and wanted in _EMPTY):
            return cls(index, region, "", "same")
        if current in _EMPTY:
            return cls(index, region, "", "empty")
        shown = short_text(current) if source.is_value else ""
        return cls(index, region, shown, "different")

    @property
    def value(self) -> str:
        """Return the value that its checkbox posts: ``2:us-east-1``."""
        return f"{self.index}:{self.region}"

    @property
    def name(self) -> str:
        """Return the Region's name, or its number if it has none."""
        return regions.names().get(self.region, "") or f"Region {self.index + 1}"

    @property
    def code(self) -> str:
        """Return the Region's code, or its number if it has none."""
        return region_label(self.region, self.index)


def short_text(value: Any) -> str:
    """Return the value as a short text; of rows only how many there are."""
    if is_row_list(value):
        return pluralize(len(value), "row")
    if isinstance(value, dict):
        return shown_value(", ".join(f"{key}={item}" for key, item in value.items()))
    if isinstance(value, list):
        more = len(value) - _MOST_ITEMS
        rest = f" and {more:,} more" if more > 0 else ""
        return shown_value(", ".join(map(str, value[:_MOST_ITEMS])) + rest)
    return shown_value(value)


@dataclass(frozen=True, slots=True)
class DraftRegionGroup:
    """Regions of the draft on which applying something has the same effect."""

    name: str
    choices: list[DraftRegion]

    @property
    def joined(self) -> str:
        """Return the values of its Regions as a button posts them, separated by commas."""
        return ",".join(choice.value for choice in self.choices)
