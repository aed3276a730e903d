"""JSON that is already known to be valid: as nodes, and the places of its pointers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import count

from distui.core.formats.syntax.nodes import Budget, Node, Place, Places

_TOKENS = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[\[\]{}:,])|(?P<word>[^\s\[\]{}:,"]+)')
_VALUES = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s\[\]{}:,"]+')
_WORDS = {"true": "boolean", "false": "boolean", "null": "null"}


def parse_nodes(text: str) -> Node:
    """Return the value of a text that ``strict_json.parse`` accepts.

    Raises ``ParseError`` if it has too many values or levels.
    """
    places, budget = Places(text), Budget()
    root = Node("list", [])
    stack, key = [root], None
    for token in _TOKENS.finditer(text):
        if token[0] in ("]", "}"):
            stack.pop()
        if token[0] in ("]", "}", ":", ","):
            continue
        node = _node(token[0], *places.at(token.start()))
        parent = stack[-1]
        if parent.kind == "mapping" and key is None:
            key = node
            continue
        budget.take(len(stack))
        if key is None:
            parent.value.append(node)
        else:
            node, key = node.at(key), key.value
            parent.value[key], key = node, None
        if token["mark"]:
            stack.append(node)
    found: Node = root.value[0]
    return found


def _node(literal: str, line: int, column: int) -> Node:
    if literal == "{":
        return Node("mapping", {}, line, column)
    if literal == "[":
        return Node("list", [], line, column)
    if literal.startswith('"'):
        return Node("text", json.loads(literal), line, column)
    return Node(_WORDS.get(literal, "number"), literal, line, column)  # type: ignore[arg-type]


class JsonPlaces(Mapping[str, Place]):
    """The places of the entries of a text by their pointers: of the key in an object.

    ``start`` is the pointer of the document in the text, and ``prefix`` that of the text in the
    document.
    """

    def __init__(self, text: str, start: str, prefix: str) -> None:
        self._places = Places(text)
        self._offsets = dict(_offsets(text))
        if start or prefix:
            self._offsets = {
                prefix + pointer[len(start) :]: offset
                for pointer, offset in self._offsets.items()
                if pointer.startswith(start)
            }

    def __getitem__(self, pointer: str) -> Place:
        return self._places.at(self._offsets[pointer])

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


def _offsets(text: str) -> Iterator[tuple[str, int]]:
    """Yield the pointer and the offset of each entry."""
    pointer, offset = "", 0
    stack: list[tuple[str, Iterator[int] | None]] = []  # pointers, and the indices of a list
    tokens = _VALUES.finditer(text)
    for token in tokens:
        literal = token[0]
        if literal in ("]", "}"):
            stack.pop()
            continue
        offset = token.start()
        if stack:
            above, indices = stack[-1]
            if indices:
                pointer = f"{above}/{next(indices)}"
            else:
                name = json.loads(literal) if "\\" in literal else literal[1:-1]
                if "~" in name or "/" in name:
                    name = name.replace("~", "~0").replace("/", "~1")
                pointer = f"{above}/{name}"
                literal = next(tokens)[0]
        yield pointer, offset
        if literal in ("[", "{"):
            stack.append((pointer, count() if literal == "[" else None))
