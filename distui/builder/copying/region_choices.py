"""The Regions that a page offers: as a list, as dots on a map, or as Regions of the draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from distui.builder.copying.copy import region_code
from distui.builder.state import summaries
from distui.builder.state.draft_state import to_document
from distui.core.reference import geography, regions, world_map
from distui.core.schema import shapes

_ORDER = ("North America", "South America", "Europe", "Middle East", "Africa", "Asia Pacific")
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
    for region, name in (regions.partitions()[partition] | dict.fromkeys(new, "")).items():
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
    """Another Region of the draft, and the effect of applying a section to it."""

    index: int
    region: str
    labels: tuple[str, ...]
    effect: str

    @classmethod
    def of(
        cls, index: int, distribution: dict[str, Any], current: Any, section: Any
    ) -> DraftRegion:
        """Return the Region; ``current`` is its own section, None if it has none."""
        effect = "Will be added" if current is None else "Will be overwritten"
        if current == section:
            effect = "No change"
        document = to_document(distribution, shapes.shape("Distribution"))
        return cls(index, region_code(distribution), summaries.summary_labels(document), effect)

    @property
    def value(self) -> str:
        """Return the value that its checkbox posts: ``2:us-east-1``."""
        return f"{self.index}:{self.region}"

    @property
    def name(self) -> str:
        """Return the Region's name, or its number if it has none."""
        return regions.names().get(self.region, "") or f"Region {self.index + 1}"
