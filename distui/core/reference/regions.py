"""The Regions that the installed SDK knows, and the partition that each lies in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

_ZONE = re.compile(r"(?P<region>[a-z]{2,4}(-[a-z]+)+-[0-9])[a-z]", re.ASCII)


@cache
def partitions() -> dict[str, dict[str, str]]:
    """Per partition its Regions and their names: ``{"aws": {"eu-west-1": "Europe (Ireland)"}}``."""
    text = (Path(__file__).parent / "regions.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded


@cache
def names() -> dict[str, str]:
    """Every Region and its name, in the order of the partitions."""
    return {region: name for regions in partitions().values() for region, name in regions.items()}


@cache
def partition_of(region: str) -> str:
    """The partition of a Region; ``""`` for one that the SDK does not know."""
    return next((part for part, regions in partitions().items() if region in regions), "")


def find_region(text: str, extra: Iterable[str] = ()) -> str:
    """The Region that is written there in whatever case; ``""`` where there is none such."""
    region = text.strip().lower()
    return region if region in names() or region in extra else ""


def region_of_zone(text: str) -> str:
    """The Region of what is written as an availability zone (``us-east-1a``), else ``""``."""
    found = _ZONE.fullmatch(text)
    return found["region"] if found and found["region"] in names() else ""


def nearest_region(text: str, extra: Iterable[str] = ()) -> str:
    """The Region that was probably meant; ``""`` where none is near."""
    spelt = text.strip().lower().replace("_", "-").replace(" ", "-")
    close = get_close_matches(spelt, [*names(), *extra], n=1, cutoff=0.7)
    return close[0] if close else ""
