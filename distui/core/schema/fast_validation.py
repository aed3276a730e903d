"""Fast verdicts by jsonschema-rs: whether a value is valid, not what is wrong with it.

The verdicts are those of ``validation``, which lists how it differs from plain JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema_rs

from distui.core.schema import shapes

Schema = dict[str, Any]
Verdict = Callable[[Any], bool]

_WHOLE_NUMBER = "x-whole-number"
_SPACE, _ASCII_SPACE = r"\s", r" \t\n\r\f\v"


def compile_schema(schema: Schema) -> Verdict:
    """Return a function that returns True if a JSON value is valid.

    False is also the answer for what jsonschema-rs cannot read: half of a surrogate pair.
    """
    validator = jsonschema_rs.Draft202012Validator(
        _translate(schema), keywords={_WHOLE_NUMBER: _WholeNumber}
    )

    def is_valid(value: Any) -> bool:
        try:
            return validator.is_valid(value)
        except ValueError:
            return False

    return is_valid


class _WholeNumber:
    """Keyword: the value is an integer as Python and the SDK see it, not ``1.0``."""

    def __init__(self, parent: Schema, value: bool, path: list[str]) -> None:
        pass

    def validate(self, instance: Any) -> None:
        """Raise ``ValueError`` for a value of another type."""
        if not shapes.has_type(instance, "integer"):
            raise ValueError("is not an integer")


def _translate(schema: Any) -> Any:
    """Return the schema with patterns and integers in the terms of jsonschema-rs."""
    if isinstance(schema, list):
        return [_translate(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    translated = {name: _translate(part) for name, part in schema.items()}
    if isinstance(pattern := schema.get("pattern"), str):
        translated["pattern"] = _full_match(pattern)
    if schema.get("type") == "integer":
        translated[_WHOLE_NUMBER] = True
    return translated


def _full_match(pattern: str) -> str:
    r"""Return the pattern for the full text, with ASCII white space only in brackets' ``\s``.

    jsonschema-rs searches, its ``$`` is the end of the text, and its ``\d`` and ``\w`` are ASCII.
    """
    return f"^(?:{pattern.replace(_SPACE, _ASCII_SPACE)})$"
