"""Messages for violated schema constraints: what is wrong, then what would be right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from distui.core.schema.homes import Home, homes_of
from distui.core.schema.pattern_messages import describe_mismatch, requirement
from distui.core.text.characters import quoted
from distui.core.text.pluralize import pluralize
from distui.core.text.spelling import did_you_mean

if TYPE_CHECKING:
    from jsonschema import ValidationError

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
        case "pattern" if value == "":
            return f"Must not be empty. {requirement(limit)}"
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
    homes = homes_of(name)
    hint = f" {_belongs(name, next(iter(homes)))}" if len(homes) == 1 else ""
    return f"Unknown field {name}.{hint}"


def _belongs(name: str, home: Home) -> str:
    """Say where a member belongs, and how it is spelled there."""
    spelled = "" if name == home[-1] else f" as {home[-1]}"
    match home[:-1]:
        case ():
            return f"It belongs at the top level{spelled}."
        case ("distributions", "*"):
            return f"It belongs in an entry of distributions, beside region{spelled}."
        case (*_, parent, "*"):
            return f"It belongs in an entry of {parent}{spelled}."
        case _:
            return f"It belongs in {home[-2]}{spelled}."


def _alternatives(values: list[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else last
