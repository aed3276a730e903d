"""Where on earth each Region lies, and which of them an account has to switch on first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Location:
    """A Region's main city in degrees, the part of the world it is grouped under, its opt-in."""

    latitude: float
    longitude: float
    area: str
    opt_in: bool


@cache
def locations() -> dict[str, Location]:
    """The place of every Region that the SDK knows, from ``geography.json``."""
    text = (Path(__file__).parent / "geography.json").read_text(encoding="utf-8")
    return {
        region: Location(found["latitude"], found["longitude"], found["area"], found["optIn"])
        for region, found in json.loads(text)["regions"].items()
    }


def is_opt_in(region: str) -> bool:
    """Whether an account has to switch the Region on; False for one that is not known."""
    place = locations().get(region)
    return place is not None and place.opt_in
