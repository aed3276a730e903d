"""Derive the committed facts of core from the installed botocore: ``make schema``.

``core/schema/schema.json`` is the request of CreateDistributionConfiguration as JSON Schema
2020-12, ``core/reference/regions.json`` the Regions of each partition. A test fails when the
installed botocore would write other files: that difference is AWS's change to its API. The schema
names the botocore that it was read from, which changes far more often than the API and is compared
with the locked one only.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import botocore
import botocore.session
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape

CORE = Path(__file__).parent.parent / "core"
SERVICE_MODEL = "service model"
OPERATION = "CreateDistributionConfiguration"

_CONSTRAINTS = {
    "string": {"min": "minLength", "max": "maxLength", "pattern": "pattern"},
    "integer": {"min": "minimum", "max": "maximum"},
    "list": {"min": "minItems", "max": "maxItems"},
    "map": {"min": "minProperties", "max": "maxProperties"},
}

Json = dict[str, Any]


def derive_schema() -> Json:
    """Return the request's JSON Schema: the service model plus ``api_reference.json``."""
    model: ServiceModel = botocore.session.get_session().get_service_model("imagebuilder")
    request = model.shape_for(f"{OPERATION}Request")
    reference = json.loads((CORE / "schema/api_reference.json").read_text())
    definitions: dict[str, Json] = {}
    _define(request, definitions)
    for path, constraints in reference["members"].items():
        shape, member = path.split(".")
        part = _stamped(constraints, reference["source"])
        definitions[shape]["properties"][member]["allOf"] = [part]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Derived by distui.aws.refresh_schema; not edited by hand.",
        "x-apiVersion": model.api_version,
        "x-botocore": botocore.__version__,
        "$ref": f"#/$defs/{request.name}",
        "$defs": definitions,
    }


def derive_regions() -> Json:
    """Per partition the Regions of EC2 and their names, from botocore's endpoint data."""
    loader = botocore.session.get_session().get_component("data_loader")
    partitions = loader.load_data("endpoints")["partitions"]
    return {
        partition["partition"]: {
            region: partition["regions"][region]["description"]
            for region in sorted(partition["services"]["ec2"]["endpoints"])
            if region in partition["regions"]
        }
        for partition in partitions
        if "ec2" in partition["services"]
    }


def _define(shape: Shape, definitions: dict[str, Json]) -> Json:
    """Write the shape and all below it into ``definitions``; return a reference to it."""
    if shape.name not in definitions:
        definitions[shape.name] = {}  # keeps its place in front of what it refers to
        definitions[shape.name].update(_definition(shape, definitions))
    return {"$ref": f"#/$defs/{shape.name}"}


def _definition(shape: Shape, definitions: dict[str, Json]) -> Json:
    match shape:
        case StructureShape():
            return {
                "type": "object",
                "properties": {
                    name: _define(member, definitions) | {"description": _prose(member)}
                    for name, member in shape.members.items()
                },
                "required": list(shape.required_members),
                "additionalProperties": False,
                "x-source": SERVICE_MODEL,
            }
        case ListShape():
            schema: Json = {"type": "array", "items": _define(shape.member, definitions)}
        case MapShape():
            schema = {
                "type": "object",
                "propertyNames": _define(shape.key, definitions),
                "additionalProperties": _define(shape.value, definitions),
            }
        case _:
            schema = {"type": shape.type_name}
    return schema | _constraints(shape)


def _constraints(shape: Shape) -> Json:
    """The shape's own constraints as one part of an ``allOf`` that names the service model."""
    names = _CONSTRAINTS.get(shape.type_name, {})
    part = {names[key]: value for key, value in shape.metadata.items() if key in names}
    if isinstance(shape, StringShape) and shape.enum:
        part["enum"] = list(shape.enum)
    return {"allOf": [_stamped(part, SERVICE_MODEL)]} if part else {}


def _stamped(part: Json, source: str) -> Json:
    """The part with its source's name on it and on every schema inside it."""
    inner = {
        key: _stamped(value, source) if isinstance(value, dict) else value
        for key, value in part.items()
    }
    return inner | {"x-source": source}


def _prose(shape: Shape) -> str:
    text = re.sub(r"<[^>]+>", " ", shape.documentation)
    return re.sub(r"\s+([.,;)])", r"\1", " ".join(html.unescape(text).split()))


def write() -> None:
    """Write both files anew."""
    files = {"schema/schema.json": derive_schema(), "reference/regions.json": derive_regions()}
    for name, content in files.items():
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (CORE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
