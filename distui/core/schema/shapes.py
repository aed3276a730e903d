"""The request of CreateDistributionConfiguration as typed shapes, read from ``schema.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

Rules = Literal["reference", "sdk"]
Kind = Literal["object", "map", "array", "string", "integer", "boolean"]
Json = dict[str, Any]

SERVICE_MODEL = "service model"
API_REFERENCE = "API reference"
REQUEST = "CreateDistributionConfigurationRequest"
# Sentences that are nothing without the link that they had.
_ELSEWHERE = re.compile(r"(?:^|(?<=\. ))For more information[^.]*\.(?= |$)")
_SMALLEST = {"maxLength", "maxItems", "maxProperties", "maximum"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One keyword of JSON Schema, its value and who says so."""

    keyword: str
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A type of the API: a structure (``object``), a ``map``, a list (``array``) or a scalar."""

    name: str
    kind: Kind
    members: Mapping[str, Member] = field(default_factory=dict)
    item: Shape | None = None
    key: Shape | None = None
    value: Shape | None = None
    constraints: tuple[Constraint, ...] = ()

    @property
    def enum(self) -> tuple[str, ...]:
        """The values that are allowed, empty where any is."""
        return next((tuple(c.value) for c in self.constraints if c.keyword == "enum"), ())

    def limit(self, keyword: str) -> int | None:
        """The strictest value of a numeric keyword such as ``maxLength``; None where unlimited."""
        return _strictest(self.constraints, keyword)


@dataclass(frozen=True, slots=True)
class Member:
    """A structure's member: its shape and what holds only for it in this place."""

    name: str
    shape: Shape
    required: bool
    description: str
    constraints: tuple[Constraint, ...] = ()

    @property
    def prose(self) -> str:
        """The description without the sentences that only lead to a page of AWS's."""
        return _ELSEWHERE.sub("", self.description).strip()

    def limit(self, keyword: str) -> int | None:
        """The strictest value of a numeric keyword, the shape's among them; None if unlimited."""
        return _strictest((*self.shape.constraints, *self.constraints), keyword)


def _strictest(constraints: tuple[Constraint, ...], keyword: str) -> int | None:
    values = [part.value for part in constraints if part.keyword == keyword]
    strictest = min if keyword in _SMALLEST else max
    return strictest(values) if values else None


@cache
def schema(rules: Rules = "reference") -> Json:
    """The JSON Schema (2020-12) of the request; ``sdk`` leaves the API reference's parts out."""
    text = (Path(__file__).parent / "schema.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded if rules == "reference" else _without_reference(loaded)


def botocore_version() -> str:
    """The version of botocore whose service model the schema and its prose were read from."""
    return str(schema()["x-botocore"])


@cache
def shape(name: str = REQUEST, rules: Rules = "reference") -> Shape:
    """The shape of that name. ``KeyError`` for a name that the API does not have."""
    definition = schema(rules)["$defs"][name]
    parts = tuple(_constraints(definition))
    if definition["type"] == "array":
        item = shape(_reference(definition["items"]), rules)
        return Shape(name, "array", item=item, constraints=parts)
    if "propertyNames" in definition:
        key = shape(_reference(definition["propertyNames"]), rules)
        value = shape(_reference(definition["additionalProperties"]), rules)
        return Shape(name, "map", key=key, value=value, constraints=parts)
    members = {
        member: Member(
            name=member,
            shape=shape(_reference(found), rules),
            required=member in definition["required"],
            description=found.get("description", ""),
            constraints=tuple(_constraints(found)),
        )
        for member, found in definition.get("properties", {}).items()
    }
    return Shape(name, definition["type"], members=members, constraints=parts)


def well_typed(value: Any, expected: Shape) -> Any:
    """The value with everything of a wrong type or an unknown name taken out.

    Items of lists keep their index: a wrong one becomes empty. So a rule reads a document of any
    provenance without asking for types; the wrong types themselves are the schema's findings.
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
    """Whether JSON's value is of that kind: ``true`` is no integer, and ``1.0`` neither."""
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


def _reference(found: Json) -> str:
    return str(found["$ref"]).rpartition("/")[2]


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
