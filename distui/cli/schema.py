"""``distui schema``: print the JSON Schema of a request, for editors and other tools."""

from __future__ import annotations

import json
from typing import Any, TextIO

from distui.core.schema import shapes

HELP = "Print the JSON Schema (2020-12) of a distribution configuration."
ID = "urn:distui:create-distribution-configuration-request"


def published(rules: shapes.Rules) -> dict[str, Any]:
    """Return the schema with an ID, for documents without the token that distui generates.

    Constraints of the API reference alone are part of it if they are errors (``reference``).
    """
    schema = shapes.schema("reference" if rules == "reference" else "sdk")
    definitions = schema["$defs"]
    request = definitions[shapes.REQUEST]
    required = [name for name in request["required"] if name != "clientToken"]
    definitions = definitions | {shapes.REQUEST: request | {"required": required}}
    return {"$schema": schema["$schema"], "$id": ID} | schema | {"$defs": definitions}


def run(rules: shapes.Rules, out: TextIO) -> int:
    """Print the schema; return 0."""
    out.write(json.dumps(published(rules), indent=2) + "\n")
    return 0
