"""What a page shows of Regions that can be chosen: lines, dots on the map, other cards."""

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
_ELSEWHERE = "Elsewhere"  # Regions that only the settings know have no place


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A Region: a line of the list, and a dot on the map where its place is known."""

    region: str
    name: str
    opt_in: bool
    there: bool
    source: bool
    dot: world_map.Point | None

    @property
    def is_east(self) -> bool:
        """Whether its name has no room at the dot's right."""
        return self.dot is not None and self.dot[0] > world_map.WIDTH * 0.75

    @property
    def label_x(self) -> float:
        """Where its name stands on the map, beside the dot."""
        x = self.dot[0] if self.dot else 0.0
        return round(x - 14 if self.is_east else x + 14, 1)


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """A part of the world and its Regions."""

    name: str
    spots: list[RegionChoice]

    @property
    def open(self) -> list[str]:
        """The Regions of it that the draft does not have."""
        return [spot.region for spot in self.spots if not spot.there]

    @property
    def open_text(self) -> str:
        """The same as a button posts them."""
        return ",".join(self.open)

    @property
    def id(self) -> str:
        """The HTML id of its group."""
        return f"area-{self.name.lower().replace(' ', '-')}"


def region_groups(
    partition: str, extra: Iterable[str], there: Collection[str], source: str
) -> list[RegionGroup]:
    """The Regions of the partition by area, and the extra ones that the SDK does not know."""
    newer = sorted(set(extra) - {*regions.names()})
    found: dict[str, list[RegionChoice]] = {area: [] for area in (*_ORDER, _ELSEWHERE)}
    places, dots = geography.locations(), world_map.dot_positions(partition)
    for region, name in (regions.partitions()[partition] | dict.fromkeys(newer, "")).items():
        area = places[region].area if region in places else _ELSEWHERE
        spot = RegionChoice(
            region=region,
            name=name.removeprefix(f"{area} (").removesuffix(")") if f"{area} (" in name else name,
            opt_in=geography.is_opt_in(region),
            there=region in there,
            source=region == source,
            dot=dots.get(region),
        )
        found[area].append(spot)
    return [RegionGroup(name, spots) for name, spots in found.items() if spots]


@dataclass(frozen=True, slots=True)
class DraftRegion:
    """Another card of the draft, and what applying a section would do to its own."""

    index: int
    region: str
    labels: list[str]
    effect: str

    @classmethod
    def of(cls, index: int, distribution: dict[str, Any], own: Any, section: Any) -> DraftRegion:
        """The card; ``own`` is the section that it has, None where it has none."""
        effect = "Has none yet" if own is None else "Its own is replaced"
        if own == section:
            effect = "Has the same"
        document = to_document(distribution, shapes.shape("Distribution"))
        return cls(index, region_code(distribution), summaries.summary_labels(document), effect)

    @property
    def value(self) -> str:
        """What its box posts."""
        return f"{self.index}:{self.region}"

    @property
    def name(self) -> str:
        """The Region's name, or that it has none yet."""
        return regions.names().get(self.region, "") or f"Region {self.index + 1}"
