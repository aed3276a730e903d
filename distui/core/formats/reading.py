"""The result of reading a text: a configuration, and everything to know about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from distui.core.formats.names import API, Names
from distui.core.formats.syntax.nodes import Node, Place
from distui.core.text.pluralize import first_names

FORMATS = {
    "api": "API JSON",
    "get": "AWS response",
    "yaml": "AWS CLI YAML",
    "cloudformation": "CloudFormation",
    "terraform": "Terraform",
    "packer": "Packer",
}
_MAX_NAMED = 8  # parts that a notice names


@dataclass(frozen=True, slots=True)
class Repair:
    """A value that isn't taken as it is written: where, and what was done.

    To undo it, there is the JSON value as it is written, or the member's ``name`` if that is what
    was repaired. ``is_error``: ``lint`` reports it as an error.
    """

    pointer: str
    message: str
    line: int
    column: int
    written: Any = field(default=None, hash=False)
    name: str = ""
    is_error: bool = False

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An expression without a value in the text, at the place of the member that it is for."""

    pointer: str
    expression: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"Line {self.line}: {self.expression} has no value here. Enter {self.pointer}."


def with_place(name: str, node: Node) -> str:
    """Return a name with the line and column of a node."""
    return f"{name} (line {node.line}, column {node.column})"


def not_in_file(named: Sequence[tuple[str, Node]]) -> list[str]:
    """Return a notice of what a file refers to and doesn't have; none without names."""
    listed = first_names([with_place(*one) for one in named], most=_MAX_NAMED)
    return [f"Not read, because it isn't in this file: {listed}."] if named else []


@dataclass(frozen=True, slots=True)
class Reading:
    """A configuration, the format it was found in, and notices about the conversion.

    ``kind`` is the name of the format: ``api`` for a request, ``get`` for AWS's response.
    ``document`` is an object unless the text holds another JSON value. ``title`` is its name in
    the text, if the format has names. ``names`` are the members' in the format. ``places`` returns
    the line and column of pointers.
    """

    document: Any
    kind: str = "api"
    notices: tuple[str, ...] = ()
    title: str = ""
    repairs: tuple[Repair, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    names: Names = API
    places: Callable[[], Mapping[str, Place]] = field(default=dict, compare=False, repr=False)

    @property
    def format(self) -> str:
        """Return the name of the format as people know it."""
        return FORMATS[self.kind]

    @property
    def all_notices(self) -> tuple[str, ...]:
        """Return the notices with all unresolved expressions and all repairs."""
        return (*self.notices, *map(str, self.unresolved), *map(str, self.repairs))
