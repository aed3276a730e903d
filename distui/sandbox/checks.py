"""Checks a request's parameters against their shapes in the service model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

# A path such as `distributions[0].region` and what is wrong with the value there.
Problem = tuple[str, str]


def problems(shape: Shape, value: Any, path: str = "") -> Iterator[Problem]:
    """Every place where `value` doesn't fit `shape`, in the order of the model."""
    python_type, expected, check = _BY_TYPE[shape.type_name]
    is_boolean = isinstance(value, bool)
    if not isinstance(value, python_type) or is_boolean != (python_type is bool):
        yield path, f"Expected {expected}."
    else:
        yield from check(shape, value, path)


def first_problem(shape: Shape | None, value: dict[str, Any]) -> Problem | None:
    """The first misfit of a request's parameters, None where they fit."""
    return next(problems(shape, value), None) if shape else None


def _structure(shape: Shape, value: dict[str, Any], path: str) -> Iterator[Problem]:
    structure = cast(StructureShape, shape)
    prefix = f"{path}." if path else ""
    for name in structure.required_members:
        if name not in value:
            yield prefix + name, "A value is required."
    for name in value:
        if name not in structure.members:
            yield prefix + name, "There is no such parameter."
    for name, member in structure.members.items():
        if name in value:
            yield from problems(member, value[name], prefix + name)


def _list(shape: Shape, value: list[Any], path: str) -> Iterator[Problem]:
    yield from _size(shape, len(value), path, "items")
    for index, item in enumerate(value):
        yield from problems(cast(ListShape, shape).member, item, f"{path}[{index}]")


def _map(shape: Shape, value: dict[str, Any], path: str) -> Iterator[Problem]:
    its = cast(MapShape, shape)
    yield from _size(shape, len(value), path, "entries")
    for key, item in value.items():
        for _, reason in problems(its.key, key):
            yield path, f"Its key '{key}' is not valid. {reason}"
        for _, reason in problems(its.value, item):
            yield path, f"The value of its key '{key}' is not valid. {reason}"


def _string(shape: Shape, value: str, path: str) -> Iterator[Problem]:
    allowed = cast(StringShape, shape).enum
    if allowed and value not in allowed:
        yield path, f"Expected one of {', '.join(allowed)}."
    yield from _size(shape, len(value), path, "characters")
    pattern = shape.metadata.get("pattern")
    if pattern and not _compiled(pattern).fullmatch(value):
        yield path, f"Expected text that matches {pattern}."


def _number(shape: Shape, value: float, path: str) -> Iterator[Problem]:
    yield from _size(shape, value, path, "")


def _anything(shape: Shape, value: Any, path: str) -> Iterator[Problem]:
    yield from ()


def _size(shape: Shape, size: float, path: str, unit: str) -> Iterator[Problem]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        yield path, f"Expected at least {least} {unit}".rstrip() + "."
    if most is not None and size > most:
        yield path, f"Expected at most {most} {unit}".rstrip() + "."


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_Check = Callable[[Shape, Any, str], Iterator[Problem]]
_BY_TYPE: dict[str, tuple[type | tuple[type, ...], str, _Check]] = {
    "structure": (dict, "an object", _structure),
    "list": (list, "a list", _list),
    "map": (dict, "an object of strings", _map),
    "string": (str, "a string", _string),
    "integer": (int, "a whole number", _number),
    "long": (int, "a whole number", _number),
    "boolean": (bool, "true or false", _anything),
}
