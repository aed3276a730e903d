r"""Validation against the schema, as findings.

Unlike plain JSON Schema, patterns must match the full text and ASCII only: with ``re.search``,
``$`` lets a line break through and ``\d`` matches the digits of any script. Lengths count code
points. ``1.0`` is not an integer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from distui.core.caching import freeze
from distui.core.findings import Finding, Severity
from distui.core.pointers import Path, pointer
from distui.core.schema import fast_validation, keyword_rules, shapes
from distui.core.schema.messages import message
from distui.core.text import characters
from distui.core.text.spelling import did_you_mean

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

Schema = dict[str, Any]

_MAX_ERRORS = 2000  # more than a person reads; a hostile document has millions
_REFERENCE_ONLY = " The older API reference requires this; the SDK model doesn't."
_READ_ONLY = {"arn", "dateCreated", "dateUpdated", "timeoutMinutes", "requestId"}


def violations(value: Any, shape: str, rules: shapes.Rules) -> Iterator[Finding]:
    """Yield a finding for each constraint of the shape that the value violates.

    A constraint in both sources is reported once, with both. jsonschema-rs finds the members that
    violate one; jsonschema, which takes some hundred times as long, describes only these.
    """
    if _fast_verdict(shape, rules)(value):
        return
    for name in _schema(shape, rules).get("properties", {}) if isinstance(value, dict) else ():
        member = {name: value[name]} if name in value else {}
        if not _fast_verdict(shape, rules, name)(member):
            yield from _findings(member, _validator(shape, rules, name))
    yield from _findings(value, _validator(shape, rules))


def _findings(value: Any, validator: Validator) -> Iterator[Finding]:
    found: dict[tuple[str, str], Finding] = {}
    for error in islice(validator.iter_errors(value), _MAX_ERRORS):
        finding = _finding(error)
        key = (finding.pointer, str(error.validator))
        if key in found:
            finding = replace(finding, source=f"{found[key].source} and {finding.source}")
        found[key] = finding
    empty = {f.pointer for f in found.values() if f.rule == keyword_rules.EMPTY}
    for (where, keyword), finding in found.items():
        if keyword == "pattern" and where in empty:
            continue  # an empty text violates its pattern too: one mistake, one finding
        if finding.source == shapes.API_REFERENCE:
            finding = replace(finding, message=finding.message + _REFERENCE_ONLY)
        yield finding


def _finding(error: ValidationError) -> Finding:
    path = tuple(error.absolute_path)
    keyword = str(error.validator)
    name = str(path[-1]) if path else ""
    known: Any = error.validator_value
    if keyword == "additionalProperties" and name in _READ_ONLY and "distributions" in known:
        return _read_only(path)
    rule = _rule(error)
    schema: Any = error.schema
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        pointer=pointer(path),
        message=message(error),
        why=keyword_rules.why(rule),
        source=schema.get("x-source", shapes.SERVICE_MODEL),
        missing=keyword == "required",
        fix=_fix(error, path),
    )


def _rule(error: ValidationError) -> str:
    if error.validator == "minLength" and not error.instance:
        return keyword_rules.EMPTY
    if error.validator == "pattern" and characters.describe_odd_character(str(error.instance)):
        return keyword_rules.PLAIN
    return keyword_rules.rule_id_of(str(error.validator), error.validator_value)


def _read_only(path: Path) -> Finding:
    return Finding(
        rule=keyword_rules.READ_ONLY,
        severity=Severity.INFO,
        pointer=pointer(path),
        message=f"{path[-1]} is read-only: GetDistributionConfiguration returns it, and distui"
        " doesn't send it. The AWS CLI rejects a request that has it.",
        why=keyword_rules.why(keyword_rules.READ_ONLY),
        source=shapes.SERVICE_MODEL,
        fix=({"op": "remove", "path": pointer(path)},),
    )


def _fix(error: ValidationError, path: Path) -> tuple[Schema, ...]:
    where = pointer(path)
    limit: Any = error.validator_value
    value: Any = error.instance
    match str(error.validator):
        case "minLength" | "minItems" | "minProperties" if not value and not _is_key(error):
            return ({"op": "remove", "path": where},)
        case "enum" if intended := did_you_mean(str(value), limit):
            return ({"op": "replace", "path": where, "value": intended},)
        case "pattern" if not _is_key(error):
            fixed = characters.strip_invisible(value)
            if fixed != value and re.fullmatch(limit, fixed, re.ASCII):
                return ({"op": "replace", "path": where, "value": fixed},)
    return ()


def _is_key(error: ValidationError) -> bool:
    return "propertyNames" in error.absolute_schema_path


@cache
def _fast_verdict(shape: str, rules: shapes.Rules, member: str = "") -> fast_validation.Verdict:
    """Return the verdict on the whole structure, or only on one member of it."""
    schema = _schema(shape, rules)
    return fast_validation.compile_schema(_member(schema, member) if member else schema)


@cache
def _validator(shape: str, rules: shapes.Rules, member: str = "") -> Validator:
    """Return a validator of one member, or without ``member`` of the structure around them."""
    # Imported here: it takes as long as linting a valid document.
    from distui.core.schema.full_validation import validator

    schema = _schema(shape, rules)
    if member:
        schema = _member(schema, member)
    elif "properties" in schema:
        schema = schema | {"properties": dict.fromkeys(schema["properties"], True)}
    return validator(schema)


def _member(schema: Schema, name: str) -> Schema:
    return {"properties": {name: schema["properties"][name]}}


@cache
def _schema(shape: str, rules: shapes.Rules) -> Schema:
    definitions = shapes.schema(rules)["$defs"]
    inlined: Schema = freeze(_inline_references(definitions[shape], definitions))
    return inlined


def _inline_references(schema: Any, definitions: Schema) -> Any:
    """Replace references by their definitions: following them took half of the time."""
    if isinstance(schema, list):
        return [_inline_references(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    own = {name: _inline_references(part, definitions) for name, part in schema.items()}
    if "$ref" not in own:
        return own
    target = _inline_references(definitions[own.pop("$ref").rpartition("/")[2]], definitions)
    both = [*target.get("allOf", ()), *own.get("allOf", ())]
    return target | own | ({"allOf": both} if both else {})
