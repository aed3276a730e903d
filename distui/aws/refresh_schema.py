"""Derive core's data files from the installed botocore: ``make schema``.

``core/schema/schema.json`` is the request of CreateDistributionConfiguration as JSON Schema
2020-12; ``core/reference/regions.json`` lists the Regions of each partition. A test fails if the
installed botocore would produce different files: the difference is AWS's change to its API. The
schema's ``x-botocore`` version changes more often than the API, so it is only compared with
constraints.txt.
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
        part = _with_source(constraints, reference["source"])
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
    """Return the EC2 Regions of each partition with their names, from botocore's endpoints."""
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
    """Add the shape and all nested shapes to ``definitions``; return a ``$ref`` to it."""
    if shape.name not in definitions:
        definitions[shape.name] = {}  # reserves its position before nested shapes
        definitions[shape.name].update(_definition(shape, definitions))
    return {"$ref": f"#/$defs/{shape.name}"}


def _definition(shape: Shape, definitions: dict[str, Json]) -> Json:
    match shape:
        case StructureShape():
            return {
                "type": "object",
                "properties": {
                    name: _define(member, definitions) | {"description": _description(member)}
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
    """Return the shape's constraints as an ``allOf`` with one part, marked with its source."""
    names = _CONSTRAINTS.get(shape.type_name, {})
    part = {names[key]: value for key, value in shape.metadata.items() if key in names}
    if isinstance(shape, StringShape) and shape.enum:
        part["enum"] = list(shape.enum)
    return {"allOf": [_with_source(part, SERVICE_MODEL)]} if part else {}


def _with_source(part: Json, source: str) -> Json:
    """Return the part with ``x-source`` set on it and on every nested schema."""
    inner = {
        key: _with_source(value, source) if isinstance(value, dict) else value
        for key, value in part.items()
    }
    return inner | {"x-source": source}


def _description(shape: Shape) -> str:
    text = re.sub(r"<[^>]+>", " ", shape.documentation)
    return re.sub(r"\s+([.,;)])", r"\1", " ".join(html.unescape(text).split()))


def write() -> None:
    """Write both files."""
    files = {"schema/schema.json": derive_schema(), "reference/regions.json": derive_regions()}
    for name, content in files.items():
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (CORE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
