"""The Regions that the installed SDK lists, their names and partitions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from distui.core.reference.geography import locations

_ZONE = re.compile(r"(?P<region>[a-z]{2,4}(-[a-z]+)+-[0-9])[a-z]", re.ASCII)
_COMPASS = {"east": (1, 0), "west": (-1, 0), "north": (0, 1), "south": (0, -1)}
_SIMILAR = 0.6  # of codes in the same part of the world
_PLACE = re.compile(r"\((.+)\)")


@cache
def partitions() -> Mapping[str, Mapping[str, str]]:
    """Return Regions and names by partition: ``{"aws": {"eu-west-1": "Europe (Ireland)"}}``."""
    text = (Path(__file__).parent / "regions.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return MappingProxyType({part: MappingProxyType(found) for part, found in loaded.items()})


@cache
def names() -> Mapping[str, str]:
    """Return the name of each Region, in the order of the partitions."""
    return MappingProxyType(
        {region: name for regions in partitions().values() for region, name in regions.items()}
    )


@cache
def partition_of(region: str) -> str:
    """Return the Region's partition, or ``""`` if the SDK does not list the Region."""
    return next((part for part, regions in partitions().items() if region in regions), "")


def place_of(region: str) -> str:
    """Return the place in the Region's name, such as ``Ireland``; ``""`` for an unknown Region."""
    name = names().get(region, "")
    found = _PLACE.search(name)
    return found[1] if found else name


def find_region(text: str, extra: Iterable[str] = ()) -> str:
    """Return the known Region written in any case, with spaces around it, or ``""``."""
    region = text.strip().lower()
    return region if region in names() or region in extra else ""


def region_by_name(text: str) -> str:
    """Return the Region with that name or place in any case, such as ``ireland``, or ``""``."""
    return _by_name().get(text.strip().lower(), "")


def region_of_zone(text: str) -> str:
    """Return the Region of an Availability Zone such as ``us-east-1a``, or ``""``."""
    found = _ZONE.fullmatch(text)
    return found["region"] if found and found["region"] in names() else ""


def nearest_region(text: str, extra: Iterable[str] = ()) -> str:
    """Return the Region that was probably meant, or ``""`` if none is similar.

    A code of the same part of the world is preferred: first one in the same direction, then the
    one that is farthest in that direction, then the most similar one.
    """
    spelled = text.strip().lower()
    code = re.sub(r"(?<=[a-z])(?=[0-9]\Z)", "-", re.sub("[_ ]", "-", spelled))
    code = re.sub(r"\A(europe|uk)-", "eu-", code)
    if near := _nearest_in_area(code, [*names(), *extra]):
        return near
    if codes := get_close_matches(code, [*names(), *extra], n=1, cutoff=0.7):
        return codes[0]
    found = get_close_matches(spelled, _by_name(), n=1, cutoff=0.8)
    return _by_name()[found[0]] if found else ""


def _nearest_in_area(code: str, known: Iterable[str]) -> str:
    """Return the best Region with the same first part, such as ``ca``; ``""`` if there is none."""
    area, _, rest = code.partition("-")
    here = [region for region in known if region.startswith(f"{area}-")]
    direction = rest.rpartition("-")[0]
    same = [region for region in here if region.startswith(f"{area}-{direction}-")]
    if direction and same:
        return min(same, key=lambda region: (-_likeness(code, region), region))
    located = [region for region in here if region in locations()]
    if direction in _COMPASS and located:
        east, north = _COMPASS[direction]
        places = {region: locations()[region] for region in located}
        return max(
            located,
            key=lambda region: places[region].longitude * east + places[region].latitude * north,
        )
    close = [region for region in here if _likeness(code, region) > _SIMILAR]
    return max(close, key=lambda region: _likeness(code, region), default="")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


@cache
def _by_name() -> Mapping[str, str]:
    """Return Regions by name and by place in lower case; the first of equal places wins."""
    found: dict[str, str] = {}
    for region, name in names().items():
        found.setdefault(name.lower(), region)
        found.setdefault(place_of(region).lower(), region)
    return MappingProxyType(found)
