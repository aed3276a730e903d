"""Validate request parameters against their shapes in the service model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

# The path of a parameter, such as `distributions[0].region`, and what is wrong with its value.
Problem = tuple[str, str]


def find_problems(shape: Shape, value: Any, path: str = "") -> Iterator[Problem]:
    """Yield every problem of ``value``, in the order of the model."""
    python_type, expected, validate = _BY_TYPE[shape.type_name]
    is_boolean = isinstance(value, bool)
    if not isinstance(value, python_type) or is_boolean != (python_type is bool):
        yield path, f"Expected {expected}."
    else:
        yield from validate(shape, value, path)


def first_problem(shape: Shape | None, parameters: dict[str, Any]) -> Problem | None:
    """Return the first problem of a request's parameters, or None if they are valid."""
    return next(find_problems(shape, parameters), None) if shape else None


def _structure(shape: Shape, value: dict[str, Any], path: str) -> Iterator[Problem]:
    structure = cast(StructureShape, shape)
    prefix = f"{path}." if path else ""
    for name in structure.required_members:
        if name not in value:
            yield prefix + name, "A value is required."
    for name in value:
        if name not in structure.members:
            yield prefix + name, "Unknown parameter."
    for name, member in structure.members.items():
        if name in value:
            yield from find_problems(member, value[name], prefix + name)


def _list(shape: Shape, value: list[Any], path: str) -> Iterator[Problem]:
    yield from _size(shape, len(value), path, "items")
    for index, item in enumerate(value):
        yield from find_problems(cast(ListShape, shape).member, item, f"{path}[{index}]")


def _map(shape: Shape, value: dict[str, Any], path: str) -> Iterator[Problem]:
    map_shape = cast(MapShape, shape)
    yield from _size(shape, len(value), path, "entries")
    for key, item in value.items():
        for _, reason in find_problems(map_shape.key, key):
            yield path, f"The key '{key}' is not valid. {reason}"
        for _, reason in find_problems(map_shape.value, item):
            yield path, f"The value of key '{key}' is not valid. {reason}"


def _string(shape: Shape, value: str, path: str) -> Iterator[Problem]:
    allowed = cast(StringShape, shape).enum
    if allowed and value not in allowed:
        yield path, f"Expected one of {', '.join(allowed)}."
    yield from _size(shape, len(value), path, "characters")
    pattern = shape.metadata.get("pattern")
    if pattern and not _compile(pattern).fullmatch(value):
        yield path, f"Expected a string that matches {pattern}."


def _number(shape: Shape, value: float, path: str) -> Iterator[Problem]:
    yield from _size(shape, value, path, "")


def _boolean(shape: Shape, value: bool, path: str) -> Iterator[Problem]:
    yield from ()


def _size(shape: Shape, size: float, path: str, unit: str) -> Iterator[Problem]:
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    if minimum is not None and size < minimum:
        yield path, f"Expected at least {minimum} {unit}".rstrip() + "."
    if maximum is not None and size > maximum:
        yield path, f"Expected at most {maximum} {unit}".rstrip() + "."


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_Validator = Callable[[Shape, Any, str], Iterator[Problem]]
_BY_TYPE: dict[str, tuple[type | tuple[type, ...], str, _Validator]] = {
    "structure": (dict, "an object", _structure),
    "list": (list, "a list", _list),
    "map": (dict, "an object of strings", _map),
    "string": (str, "a string", _string),
    "integer": (int, "an integer", _number),
    "long": (int, "an integer", _number),
    "boolean": (bool, "true or false", _boolean),
}
