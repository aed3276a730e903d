"""Copy a Region to other Regions, or apply one of its sections to them.

All functions return a new state and change nothing that they are given. A KMS key is adjusted if
its ARN in the other Region is known: a multi-Region key keeps its ID, an alias its name. Other
Region-specific values are copied as they are, and the rules report them in the copies.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from distui.builder.state.draft_state import DraftState
from distui.builder.state.errors import InvalidPointer
from distui.core.numbers import parse_number
from distui.core.pointers import pointer, tokens, value_at
from distui.core.reference import arns, regions
from distui.core.schema import shapes

Json = dict[str, Any]

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+", re.ASCII)
_AMI = "amiDistributionConfiguration"


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a copy: a distribution, or with ``member`` only that section of it."""

    index: int
    member: str
    distribution: Json

    @classmethod
    def at(cls, state: DraftState, place: str) -> Source:
        """Return the source at ``/distributions/2`` or ``/distributions/2/<member>``.

        Raises ``InvalidPointer`` if the state has nothing there, and for ``region``.
        """
        path = tokens(place) if place.startswith("/") else ()
        items = state.get("distributions", [])
        if len(path) not in (2, 3) or path[0] != "distributions":
            raise InvalidPointer(place)
        index = parse_number(path[1])
        if index is None or index >= len(items):
            raise InvalidPointer(place)
        distribution = items[index]
        member = path[2] if len(path) == 3 else ""
        if len(path) == 3 and (member == "region" or member not in distribution):
            raise InvalidPointer(place)
        return cls(index, member, distribution)

    @property
    def pointer(self) -> str:
        """Return the source's JSON Pointer."""
        path = ("distributions", self.index)
        return pointer((*path, self.member) if self.member else path)

    @property
    def region(self) -> str:
        """Return the source's Region code."""
        return region_code(self.distribution)

    @property
    def content(self) -> Json:
        """Return the members that are copied, and their values."""
        if not self.member:
            return self.distribution
        return {self.member: self.distribution[self.member]}


def copy_region(state: DraftState, index: int, selected: Iterable[str]) -> DraftState:
    """Insert a copy after the source for each selected Region that the draft does not have.

    Raises ``InvalidPointer``.
    """
    source = Source.at(state, f"/distributions/{index}")
    items = state["distributions"]
    existing = {region_code(item) for item in items}
    new = [region for region in dict.fromkeys(selected) if region not in existing]
    blank = {"region": ""} | source.distribution
    copies = [_for_region(blank | {"region": region}, region) for region in new]
    after = index + 1
    return state | {"distributions": [*items[:after], *copies, *items[after:]]}


def apply_section(state: DraftState, place: str, indexes: Sequence[int]) -> DraftState:
    """Replace the section of the other distributions by the one at the pointer.

    Raises ``InvalidPointer``.
    """
    source = Source.at(state, place)
    items = list(state["distributions"])
    for index in indexes:
        if not source.member or not 0 <= index < len(items):
            raise InvalidPointer(place)
        if index != source.index:
            items[index] = _with_section(items[index], source.content)
    return state | {"distributions": items}


def _with_section(distribution: Json, section: Json) -> Json:
    merged = distribution | _for_region(section, region_code(distribution))
    order = [name for name in shapes.shape("Distribution").members if name in merged]
    return {name: merged[name] for name in dict.fromkeys((*order, *merged))}


def region_code(distribution: Json) -> str:
    """Return the distribution's Region in lower case without spaces; ``""`` if it has none."""
    return str(distribution.get("region", "")).strip().lower()


def _for_region(content: Json, region: str) -> Json:
    """Return a copy of the content whose KMS key is adjusted to the Region."""
    adjusted = copy.deepcopy(content)
    key = value_at(adjusted, f"/{_AMI}/kmsKeyId")
    if key and isinstance(key, str):
        adjusted[_AMI]["kmsKeyId"] = key_for_region(region, key)
    return adjusted


def key_for_region(region: str, key: str) -> str:
    """Return the key's ARN in the Region; the key itself if that is not known."""
    arn = arns.parse(key)
    if not arn or arn.service != "kms" or not is_adjustable(arn) or not _CODE.fullmatch(region):
        return key
    partition = regions.partition_of(region) or arn.partition
    return ":".join(("arn", partition, "kms", region, arn.account, arn.resource))


def is_adjustable(key: arns.Arn) -> bool:
    """Return True for a multi-Region key or an alias, whose ARN is known in every Region."""
    return key.resource.startswith(("key/mrk-", "alias/"))
