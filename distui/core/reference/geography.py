"""Where each Region is, and which Regions are disabled by default (opt-in)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Location:
    """A Region's coordinates in degrees, its part of the world, and whether it is opt-in."""

    latitude: float
    longitude: float
    area: str
    opt_in: bool


@cache
def locations() -> Mapping[str, Location]:
    """Return the location of each Region that the SDK lists, from ``geography.json``."""
    text = (Path(__file__).parent / "geography.json").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            region: Location(found["latitude"], found["longitude"], found["area"], found["optIn"])
            for region, found in json.loads(text)["regions"].items()
        }
    )


def is_opt_in(region: str) -> bool:
    """Return True if accounts have to enable the Region; False for an unknown Region."""
    location = locations().get(region)
    return location is not None and location.opt_in
