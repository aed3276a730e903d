"""The shapes of the CreateDistributionConfiguration request, read from ``schema.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from distui.core.caching import freeze
from distui.core.pointers import tokens

Rules = Literal["current", "reference", "sdk"]
Kind = Literal["object", "map", "array", "string", "integer", "boolean"]
Json = dict[str, Any]

SERVICE_MODEL = "service model"
API_REFERENCE = "API reference"
REQUEST = "CreateDistributionConfigurationRequest"
# In AWS's HTML these sentences are links.
_LINK_SENTENCE = re.compile(r"(?:^|(?<=\. ))For more information[^.]*\.(?= |$)")
_UPPER_LIMITS = {"maxLength", "maxItems", "maxProperties", "maximum"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A JSON Schema keyword, its value and its source."""

    keyword: str
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A type in the API: a structure (``object``), a ``map``, a list (``array``) or a scalar."""

    name: str
    kind: Kind
    members: Mapping[str, Member] = field(default_factory=lambda: MappingProxyType({}))
    item: Shape | None = None
    key: Shape | None = None
    value: Shape | None = None
    constraints: tuple[Constraint, ...] = ()

    @property
    def enum(self) -> tuple[str, ...]:
        """Return the valid values, or ``()`` if any value is valid."""
        return next((tuple(c.value) for c in self.constraints if c.keyword == "enum"), ())

    def limit(self, keyword: str) -> int | None:
        """Return the strictest value of a keyword such as ``maxLength``, or None."""
        return _strictest(self.constraints, keyword)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a structure: its shape and the constraints of this use of the shape."""

    name: str
    shape: Shape
    required: bool
    description: str
    constraints: tuple[Constraint, ...] = ()

    @property
    def prose(self) -> str:
        """Return the description without sentences that only link to a page."""
        return _LINK_SENTENCE.sub("", self.description).strip()

    def limit(self, keyword: str) -> int | None:
        """Return the strictest value of a keyword, here or in the shape, or None."""
        return _strictest((*self.shape.constraints, *self.constraints), keyword)


def _strictest(constraints: tuple[Constraint, ...], keyword: str) -> int | None:
    values = [part.value for part in constraints if part.keyword == keyword]
    strictest = min if keyword in _UPPER_LIMITS else max
    return strictest(values) if values else None


@cache
def schema(rules: Rules = "current") -> Json:
    """Return the request's JSON Schema (2020-12); ``sdk`` omits what only the reference says."""
    text = (Path(__file__).parent / "schema.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    found: Json = freeze(_without_reference(loaded) if rules == "sdk" else loaded)
    return found


def botocore_version() -> str:
    """Return the version of botocore whose service model the schema was derived from."""
    return str(schema()["x-botocore"])


@cache
def shape(name: str = REQUEST, rules: Rules = "current") -> Shape:
    """Return the shape with that name. Raises ``KeyError`` for an unknown name."""

    def referenced(found: Json) -> Shape:
        return shape(str(found["$ref"]).rpartition("/")[2], rules)

    definition = schema(rules)["$defs"][name]
    parts = tuple(_constraints(definition))
    if definition["type"] == "array":
        item = referenced(definition["items"])
        return Shape(name, "array", item=item, constraints=parts)
    if "propertyNames" in definition:
        key = referenced(definition["propertyNames"])
        value = referenced(definition["additionalProperties"])
        return Shape(name, "map", key=key, value=value, constraints=parts)
    members = {
        member: Member(
            name=member,
            shape=referenced(found),
            required=member in definition["required"],
            description=found.get("description", ""),
            constraints=tuple(_constraints(found)),
        )
        for member, found in definition.get("properties", {}).items()
    }
    return Shape(name, definition["type"], members=MappingProxyType(members), constraints=parts)


@lru_cache(maxsize=4096)
def shape_at(where: str) -> Shape | None:
    """Return the shape of the value at a pointer of a request, or None if the API has none."""
    found: Shape | None = shape()
    for token in tokens(where):
        if found is None:
            return None
        member = found.members.get(token)
        found = member.shape if member else found.item or found.value
    return found


def accepts(expected: Shape, text: str) -> bool:
    """Return True if a text violates none of a scalar shape's constraints."""
    for constraint in expected.constraints:
        match constraint.keyword, constraint.value:
            case "pattern", pattern if not re.fullmatch(pattern, text, re.ASCII):
                return False
            case "minLength", limit if len(text) < limit:
                return False
            case "maxLength", limit if len(text) > limit:
                return False
            case "enum", values if text not in values:
                return False
    return True


def well_typed(value: Any, expected: Shape) -> Any:
    """Return the value without unknown members and values of a wrong type.

    List items of a wrong type become empty, so that the others keep their index. Rules can
    therefore read any document without type checks; the schema reports the wrong types.
    """
    match expected:
        case Shape(kind="object"):
            return {
                name: well_typed(value[name], member.shape)
                for name, member in expected.members.items()
                if isinstance(value, dict) and has_type(value.get(name), member.shape.kind)
            }
        case Shape(kind="map"):
            return {key: item for key, item in value.items() if isinstance(item, str)}
        case Shape(kind="array", item=Shape() as inner):
            empty: Any = {} if inner.kind == "object" else ""
            return [
                well_typed(item, inner) if has_type(item, inner.kind) else empty for item in value
            ]
        case _:
            return value


def has_type(value: Any, kind: Kind) -> bool:
    """Return True if a JSON value has that type; ``true`` and ``1.0`` are not integers."""
    match kind:
        case "object" | "map":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case _:
            return isinstance(value, str)


def _constraints(definition: Json) -> list[Constraint]:
    return [
        Constraint(keyword, value, part["x-source"])
        for part in definition.get("allOf", [])
        for keyword, value in part.items()
        if keyword != "x-source"
    ]


def _without_reference(node: Any) -> Any:
    if isinstance(node, list):
        return [
            _without_reference(item)
            for item in node
            if not (isinstance(item, dict) and item.get("x-source") == API_REFERENCE)
        ]
    if isinstance(node, dict):
        inner = {key: _without_reference(value) for key, value in node.items()}
        return {key: value for key, value in inner.items() if (key, value) != ("allOf", [])}
    return node
