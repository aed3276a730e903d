"""All violations of a schema, by jsonschema with the differences that ``validation`` lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.protocols import Validator

from distui.core.schema import fast_validation, shapes

Schema = dict[str, Any]
Errors = Iterator[ValidationError]


def _pattern(validator: Validator, pattern: str, instance: Any, schema: Schema) -> Errors:
    if isinstance(instance, str) and not re.fullmatch(pattern, instance, re.ASCII):
        yield ValidationError("does not match")


def _required(validator: Validator, required: list[str], instance: Any, schema: Schema) -> Errors:
    for name in required if isinstance(instance, dict) else ():
        if name not in instance:
            yield ValidationError("is missing", path=[name])


def _additional_properties(validator: Any, allowed: Any, instance: Any, schema: Schema) -> Errors:
    if not isinstance(instance, dict):
        return
    known = schema.get("properties", {})
    for name, value in instance.items():
        if name in known:
            continue
        if allowed is False:
            yield ValidationError("is unknown", path=[name], validator_value=list(known))
        else:
            yield from validator.descend(value, allowed, path=name)


def _items(validator: Any, items: Schema, instance: Any, schema: Schema) -> Errors:
    """Descend only into the items that jsonschema-rs finds invalid."""
    is_valid = _item_verdict(json.dumps(items))
    for index, item in enumerate(instance if isinstance(instance, list) else ()):
        if not is_valid(item):
            yield from validator.descend(item, items, path=index)


def _property_names(validator: Any, names: Schema, instance: Any, schema: Schema) -> Errors:
    for name in instance if isinstance(instance, dict) else ():
        for error in validator.descend(name, names):
            error.path.appendleft(name)
            error.cause = None
            yield error


_TYPE_CHECKER = Draft202012Validator.TYPE_CHECKER.redefine(
    "integer", lambda checker, value: shapes.has_type(value, "integer")
)
_Validator: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "pattern": _pattern,
        "items": _items,
        "required": _required,
        "additionalProperties": _additional_properties,
        "propertyNames": _property_names,
    },
    type_checker=_TYPE_CHECKER,
)


def validator(schema: Schema) -> Validator:
    """Return a validator that describes all errors of a value."""
    found: Validator = _Validator(schema)
    return found


@cache
def _item_verdict(schema: str) -> fast_validation.Verdict:
    return fast_validation.compile_schema(json.loads(schema))
