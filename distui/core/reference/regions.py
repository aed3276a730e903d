"""The Regions that the installed SDK lists, their names and partitions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

_ZONE = re.compile(r"(?P<region>[a-z]{2,4}(-[a-z]+)+-[0-9])[a-z]", re.ASCII)
_PLACE = re.compile(r"\((.+)\)")


@cache
def partitions() -> dict[str, dict[str, str]]:
    """Return Regions and names by partition: ``{"aws": {"eu-west-1": "Europe (Ireland)"}}``."""
    text = (Path(__file__).parent / "regions.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded


@cache
def names() -> dict[str, str]:
    """Return the name of each Region, in the order of the partitions."""
    return {region: name for regions in partitions().values() for region, name in regions.items()}


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


def region_of_zone(text: str) -> str:
    """Return the Region of an Availability Zone such as ``us-east-1a``, or ``""``."""
    found = _ZONE.fullmatch(text)
    return found["region"] if found and found["region"] in names() else ""


def nearest_region(text: str, extra: Iterable[str] = ()) -> str:
    """Return the Region with the most similar code, or else name, or ``""`` if none is similar."""
    spelled = text.strip().lower()
    code = spelled.replace("_", "-").replace(" ", "-")
    if codes := get_close_matches(code, [*names(), *extra], n=1, cutoff=0.7):
        return codes[0]
    found = get_close_matches(spelled, _by_name(), n=1, cutoff=0.8)
    return _by_name()[found[0]] if found else ""


@cache
def _by_name() -> dict[str, str]:
    """Return Regions by name and by place in lower case; the first of equal places wins."""
    found: dict[str, str] = {}
    for region, name in names().items():
        found.setdefault(name.lower(), region)
        found.setdefault(place_of(region).lower(), region)
    return found
