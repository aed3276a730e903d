"""Messages for violated schema constraints: what is wrong, then what would be right."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import ValidationError

from distui.core.schema import shapes
from distui.core.schema.pattern_messages import describe_mismatch
from distui.core.text.characters import quoted
from distui.core.text.pluralize import pluralize
from distui.core.text.spelling import did_you_mean

_EXPECTED = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "boolean": "true or false",
}


def message(error: ValidationError) -> str:
    """Return the message for one violation."""
    keyword = str(error.validator)
    limit: Any = error.validator_value
    value: Any = error.instance
    if "propertyNames" in error.absolute_schema_path and keyword != "pattern":
        return f"Key {quoted(str(value))}: {_size(keyword, limit, value)}"
    match keyword:
        case "type":
            return _wrong_type(limit, value)
        case "required":
            return "This field is required."
        case "additionalProperties":
            return _unknown_field(str(error.absolute_path[-1]), limit)
        case "enum":
            shown = value if isinstance(value, str) else json.dumps(value)
            return f"{quoted(shown)} isn't valid. Choose {_alternatives(limit)}."
        case "pattern":
            return f"{quoted(value)} {describe_mismatch(limit, value)}"
        case _:
            return _size(keyword, limit, value)


def _size(keyword: str, limit: int, value: Any) -> str:
    """Return the message for a length, a count or a number out of range."""
    if keyword.startswith("min") and value in ("", [], {}):
        return "Must not be empty. Enter a value or remove this field."
    match keyword:
        case "minimum":
            return f"Must be {limit:,} or more."
        case "maximum":
            return f"Must be {limit:,} or less."
        case "minLength":
            return f"Must have {pluralize(limit, 'character')} or more; this has {len(value):,}."
        case "maxLength":
            return f"{len(value):,} characters exceed the maximum of {limit:,}."
        case "maxItems" | "maxProperties":
            return f"{len(value):,} entries exceed the maximum of {limit:,}."
        case _:
            return f"Must have {limit:,} entries or more; this has {len(value):,}."


def _wrong_type(expected: str, value: Any) -> str:
    if value is None:
        return "null isn't valid. Enter a value or remove this field."
    if expected == "integer":
        return "Enter a whole number."
    hint = " Quote it to keep leading zeros." if _type_name(value) == "a number" else ""
    hint = hint if expected == "string" else ""
    return f"Expected {_EXPECTED[expected]}, got {_type_name(value)}.{hint}"


def _type_name(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"


def _unknown_field(name: str, known: list[str]) -> str:
    if intended := did_you_mean(name, known):
        return f"Unknown field {name}. Did you mean {intended}?"
    parents = _parents().get(name, set())
    hint = f" It belongs {next(iter(parents))}." if len(parents) == 1 else ""
    return f"Unknown field {name}.{hint}"


@cache
def _parents() -> dict[str, set[str]]:
    """Return where each of the API's members belongs: ``in launchPermission``."""
    found: dict[str, set[str]] = {}

    def walk(shape: shapes.Shape, parent: str) -> None:
        for name, member in shape.members.items():
            found.setdefault(name, set()).add(parent)
            walk(member.shape.item or member.shape, f"in {name}")

    walk(shapes.shape(), "at the top level")
    return found


def _alternatives(values: list[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else last
