"""JSON that is already known to be valid, as nodes."""

from __future__ import annotations

import json
import re

from distui.core.formats.syntax.nodes import Budget, Node, Places

_TOKENS = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[\[\]{}:,])|(?P<word>[^\s\[\]{}:,"]+)')
_WORDS = {"true": "boolean", "false": "boolean", "null": "null"}


def parse_nodes(text: str, *, bounded: bool = True) -> Node:
    """Return the value of a text that ``strict_json.parse`` accepts.

    Raises ``ParseError`` if it has too many values or levels, unless it isn't ``bounded``.
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
        if bounded:
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
