"""What a violated constraint says to a person: the rule in words, then the value that breaks it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import ValidationError

from distui.core.schema import shapes
from distui.core.schema.pattern_messages import sentence_for
from distui.core.text.characters import describe_odd_character, quoted
from distui.core.text.spelling import did_you_mean

_TYPES = {
    "object": "an object, {…}",
    "array": "a list, […]",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}


def message(error: ValidationError) -> str:
    """The sentence for one violation: what is wrong with the value, and what would be right."""
    keyword = str(error.validator)
    limit: Any = error.validator_value
    value: Any = error.instance
    if "propertyNames" in error.absolute_schema_path and keyword != "pattern":
        return f"Key {_quoted(value)}: {_size(keyword, limit, value)}"
    match keyword:
        case "type":
            return _wrong_type(limit, value)
        case "required":
            return "This is required."
        case "additionalProperties":
            return _unknown(str(error.absolute_path[-1]), limit)
        case "enum":
            return f"{_quoted(value)} is not allowed. Choose {_alternatives(limit)}."
        case "pattern":
            problem = describe_odd_character(value) or "does not fit"
            return f"{quoted(value)} {problem}. {sentence_for(limit)}"
        case _:
            return _size(keyword, limit, value)


def _size(keyword: str, limit: int, value: Any) -> str:
    """A length, a count or a number that is out of bounds."""
    if keyword.startswith("min") and value in ("", [], {}):
        return "This is empty. Give it a value, or leave it out."
    match keyword:
        case "maxLength":
            return f"{len(value)} characters are too many: {limit} are allowed."
        case "maxItems" | "maxProperties":
            return f"{len(value)} entries are too many: {limit} are allowed."
        case "minimum":
            return f"{value} is too small: at least {limit} is needed."
        case "maximum":
            return f"{value} is too large: at most {limit} is allowed."
        case _:
            return f"{len(value)} are too few: at least {limit} are needed."


def _wrong_type(expected: str, value: Any) -> str:
    hint = ""
    if expected == "string" and isinstance(value, int) and not isinstance(value, bool):
        hint = " Put it in quotes: a number loses its leading zeros."
    if value is None:
        hint = " Leave the member out instead of null."
    return f"This has to be {_TYPES[expected]}, and it is {_quoted(value)}.{hint}"


def _unknown(name: str, known: list[str]) -> str:
    if meant := did_you_mean(name, known):
        return f"{name} is no member of this structure: did you mean {meant}?"
    homes = _homes().get(name, set())
    belongs = f" It belongs in {next(iter(homes))}." if len(homes) == 1 else ""
    return f"{name} is no member of this structure.{belongs}"


@cache
def _homes() -> dict[str, set[str]]:
    """Each member's name with what the structures are called that have it."""
    found: dict[str, set[str]] = {}

    def walk(shape: shapes.Shape, home: str) -> None:
        for name, member in shape.members.items():
            found.setdefault(name, set()).add(home)
            walk(member.shape.item or member.shape, name)

    walk(shapes.shape(), "the request itself")
    return found


def _alternatives(values: list[str]) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else last


def _quoted(value: Any) -> str:
    """The value, as far as it can be shown in a sentence."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return quoted(value) if isinstance(value, str) else json.dumps(value)
