"""The source of a copy: a Region, a section of it, or the value of one control."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from distui.builder.forms.element_ids import has_one_control
from distui.builder.state.draft_state import DraftState
from distui.builder.state.errors import InvalidPointer
from distui.core.numbers import parse_number
from distui.core.pointers import Path, pointer, tokens, value_at
from distui.core.reference import arns, regions
from distui.core.schema import shapes

Json = dict[str, Any]

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+", re.ASCII)
_AMI = "amiDistributionConfiguration"


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a copy: a distribution, or what it has at ``path``."""

    index: int
    path: Path
    distribution: Json

    @classmethod
    def at(cls, state: DraftState, place: str) -> Source:
        """Return the source at ``/distributions/2``, at a section of it, or at a control.

        Raises ``InvalidPointer`` if the state has nothing there, and for ``region``. Only a
        control may be empty.
        """
        path = tokens(place) if place.startswith("/") else ()
        items = state.get("distributions", [])
        index = parse_number(path[1]) if path[1:] and path[0] == "distributions" else None
        if index is None or index >= len(items):
            raise InvalidPointer(place)
        source = cls(index, path[2:], items[index])
        if not source._can_be_copied():
            raise InvalidPointer(place)
        return source

    def _can_be_copied(self) -> bool:
        if not self.path:
            return True
        *parents, name = self.path
        container = _value_in(self.distribution, parents)
        shape = _shape_at(parents)
        if not isinstance(container, dict) or not shape or self.path == ("region",):
            return False
        return name in shape.members and (name in container or self.is_value)

    @property
    def is_value(self) -> bool:
        """Return True for what one control edits, or the rows of a map; False for a section."""
        shape = _shape_at(self.path)
        return bool(self.path) and shape is not None and _is_value(shape)

    @property
    def pointer(self) -> str:
        """Return the source's JSON Pointer."""
        return pointer(("distributions", self.index, *self.path))

    @property
    def region(self) -> str:
        """Return the source's Region code."""
        return region_code(self.distribution)

    @property
    def content(self) -> Json:
        """Return the members that are copied, and their values: only one row of a list."""
        if not self.path:
            return self.distribution
        content: Any = self.value_in(self.distribution)
        for token in reversed(self.path):
            content = [content] if str(token).isdigit() else {token: content}
        found: Json = content
        return found

    def value_in(self, distribution: Json) -> Any:
        """Return what a distribution has at the path, None for nothing.

        Raises ``InvalidPointer`` if it has no such row.
        """
        return _value_in(distribution, self.path)

    def value_for(self, region: str) -> Any:
        """Return the value as that Region gets it."""
        at = pointer(0 if str(token).isdigit() else token for token in self.path)
        return value_at(for_region(self.content, region), at, None)


def _is_value(shape: shapes.Shape) -> bool:
    return shape.kind == "map" or has_one_control(shape)


def _value_in(value: Any, path: Sequence[str | int]) -> Any:
    for token in path:
        if isinstance(value, list):
            index = parse_number(str(token))
            if index is None or index >= len(value):
                raise InvalidPointer(str(token))
            value = value[index]
        elif isinstance(value, dict):
            value = value.get(token)
        elif value is not None or str(token).isdigit():
            raise InvalidPointer(str(token))
    return value


def _shape_at(path: Sequence[str | int]) -> shapes.Shape | None:
    shape: shapes.Shape | None = shapes.shape("Distribution")
    for token in path:
        member = shape.members.get(str(token)) if shape else None
        shape = member.shape if member else shape and shape.item
    return shape


def replaced(container: Any, path: Path, value: Any, shape: shapes.Shape) -> Any:
    """Return a copy of the container with the value at the path; None removes the member.

    Missing structures are added. Raises ``InvalidPointer`` if there is no such row.
    """
    token, *rest = path
    if isinstance(container, list) and shape.item and rest:
        index = parse_number(str(token))
        if index is None or index >= len(container):
            raise InvalidPointer(str(token))
        inner = replaced(container[index], (*rest,), value, shape.item)
        return [*container[:index], inner, *container[index + 1 :]]
    if not isinstance(container, dict):
        raise InvalidPointer(str(token))
    if rest:
        member = shape.members[str(token)].shape
        blank: Any = [] if member.kind == "array" else {}
        value = replaced(container.get(token, blank), (*rest,), value, member)
    merged = container | {token: value}
    order = [name for name in shape.members if name in merged]
    names = (name for name in (*order, *merged) if name != token or value is not None)
    return {name: merged[name] for name in names}


def region_code(distribution: Json) -> str:
    """Return the distribution's Region in lower case without spaces; ``""`` if it has none."""
    return str(distribution.get("region", "")).strip().lower()


def for_region(content: Json, region: str) -> Json:
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
