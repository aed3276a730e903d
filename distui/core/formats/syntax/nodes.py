"""Values as a text has them: each with its line and column, scalars as they are written."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from distui.core.document.parse_error import ParseError, SyntaxProblem

MAX_NODES = 100_000  # aliases counted
MAX_DEPTH = 32
_COUNTED_AS_ONE = 100  # characters of a computed text
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?", re.ASCII)

Place = tuple[int, int]  # line and column, from one
Kind = Literal["text", "plain", "number", "boolean", "null", "mapping", "list", "expression"]


@dataclass(slots=True)
class Node:
    """A value and the place of its entry: of the key in a mapping, else of the value.

    ``value`` is a dict of nodes for a ``mapping``, a list of nodes for a ``list``, and for all
    other kinds the text as it is written. A ``plain`` scalar of YAML has the type that is expected
    of it. An ``expression`` has no value in the text.
    """

    kind: Kind
    value: Any
    line: int = 1
    column: int = 1

    def entries(self) -> dict[str, Node]:
        """Return the entries of a mapping; none of any other node."""
        return self.value if self.kind == "mapping" else {}

    def items(self) -> list[Node]:
        """Return the items of a list; none of any other node."""
        return self.value if self.kind == "list" else []

    def get(self, *names: str) -> Node:
        """Return the node below these names, a ``null`` one if there is none."""
        node = self
        for name in names:
            node = node.entries().get(name, Node("null", "", self.line, self.column))
        return node

    @property
    def text(self) -> str:
        """Return the text of a scalar, "" for any other node."""
        return self.value if isinstance(self.value, str) else ""

    def at(self, other: Node) -> Node:
        """Return the same value at the place of another node."""
        return Node(self.kind, self.value, other.line, other.column)

    def error(self, problem: str) -> ParseError:
        """Return the error that the document can't be read because of this node."""
        return ParseError(f"{SyntaxProblem(problem, self.line, self.column)}.")


class Budget:
    """Counts nodes and levels, so that a small text can't become a large value."""

    def __init__(self) -> None:
        self._nodes = 0

    def take(self, depth: int, count: int = 1) -> None:
        """Count nodes at a depth. Raises ``ParseError`` if they are too many or too deep."""
        self._nodes += count
        if self._nodes > MAX_NODES:
            raise ParseError(f"The document has more than {MAX_NODES:,} values.")
        if depth > MAX_DEPTH:
            raise ParseError(f"The document has more than {MAX_DEPTH} levels.")

    def take_result(self, node: Node) -> None:
        """Count a computed value by its size: results can double results."""
        sizes = (1 + len(inner.text) // _COUNTED_AS_ONE for _, inner in walk(node))
        self.take(1, sum(sizes))

    def take_text(self, parts: Iterable[str]) -> None:
        """Count a text before it is joined from its parts."""
        self.take(1, sum(map(len, parts)) // _COUNTED_AS_ONE)


class Places:
    """Lines and columns of the offsets of a text."""

    def __init__(self, text: str) -> None:
        lengths = map(len, text.split("\n"))
        self._starts = [*accumulate(lengths, lambda start, length: start + length + 1, initial=0)]

    def at(self, offset: int) -> Place:
        """Return line and column."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class SetItems(list[Any]):
    """The items of a set, which are their own keys."""


def mapping(entries: dict[str, Node], place: Node) -> Node:
    """Return a mapping at the place of another node."""
    return Node("mapping", entries, place.line, place.column)


def add_entry(entries: dict[str, Node], name: str, value: Node) -> None:
    """Add an entry. Raises ``ParseError`` at the place of the value if the key is there already."""
    if name in entries:
        raise value.error(f"Duplicate key “{name}”")
    entries[name] = value


def plain_value(node: Node) -> Any:
    """Return the JSON value of a node, with all scalars but booleans and nulls as text."""
    if node.kind == "mapping":
        return {name: plain_value(item) for name, item in node.value.items()}
    if node.kind == "list":
        return [plain_value(item) for item in node.value]
    return {"null": None, "boolean": node.value == "true"}.get(node.kind, node.value)


def written_value(node: Node) -> Any:
    """Return the JSON value of a node with the types of its scalars; those of YAML are texts."""
    if node.kind == "mapping":
        return {name: written_value(item) for name, item in node.value.items()}
    if node.kind == "list":
        return [written_value(item) for item in node.value]
    if node.kind == "number" and _NUMBER.fullmatch(node.value):
        return json.loads(node.value)
    return plain_value(node)


def from_value(value: Any, place: Node) -> Node:
    """Return the node of a value that was computed, with all its parts at one place."""
    match value:
        case dict():
            return mapping({name: from_value(item, place) for name, item in value.items()}, place)
        case list():
            items = type(value)(from_value(item, place) for item in value)
            return Node("list", items).at(place)
        case bool():
            return Node("boolean", str(value).lower()).at(place)
        case None:
            return Node("null", "").at(place)
        case str():
            return Node("text", value).at(place)
    return Node("number", str(value)).at(place)


def place_of(item: Any) -> Node:
    """Return an empty node at the ``line`` and ``column`` of a block, an attribute or a tree."""
    return Node("null", "", item.line, item.column)


def placed(found: Node, place: Node) -> Node:
    """Return a computed value with all its parts at one place, that of its template."""
    if found.kind == "mapping":
        return mapping({name: placed(item, place) for name, item in found.value.items()}, place)
    if found.kind == "list":
        items = type(found.value)(placed(item, place) for item in found.value)
        return Node("list", items).at(place)
    return found.at(place)


def has_expression(node: Node) -> bool:
    """Return True if there is an expression anywhere in the value."""
    inner = [*node.entries().values(), *node.items()]
    return node.kind == "expression" or any(map(has_expression, inner))


def surface(value: Any, levels: int = 2) -> Node:
    """Return a node with the outer entries of a JSON value alone, to recognize its format by."""
    if isinstance(value, dict):
        entries = value.items() if levels else ()
        return Node("mapping", {name: surface(item, levels - 1) for name, item in entries})
    if isinstance(value, list):
        return Node("list", [])
    return Node("text" if isinstance(value, str) else "plain", value)


def walk(
    node: Node, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Yield every node with its path."""
    yield path, node
    for name, item in node.entries().items():
        yield from walk(item, (*path, name))
    for index, item in enumerate(node.items()):
        yield from walk(item, (*path, index))
