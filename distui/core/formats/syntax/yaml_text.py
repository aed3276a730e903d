"""YAML as nodes: every scalar stays as it is written, for the schema to say what type it has.

To YAML, ``012345670123`` is an octal number, ``no`` a boolean and ``1.10`` the number 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from distui.core.document.parse_error import ParseError, SyntaxProblem
from distui.core.formats.syntax.nodes import Budget, Kind, Node

_BUILD_DATE = re.compile(r"^\s*(?:- +)?[^\s#][^#\n]*?: +\{\{|^\s*- +\{\{", re.MULTILINE)
_ENTRY = re.compile(r"^(?:---\s*$|-?\s*[A-Za-z]\w*:(?:\s|$))|^\s*Type:\s*['\"]?AWS::", re.MULTILINE)
_KEY = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w./+@&*!<-][^\n"'{}=]*?)\s*:(?:\s|\Z)"""
_FIRST = re.compile(rf"---|%YAML|-(?:\s|\Z)|(?:- +)*{_KEY}")
_FLOW = re.compile(r"[{\[]\s*(?:[{\[]\s*)?[A-Za-z_][\w-]*\s*:\s")
_EXCERPT = 100_000  # characters that are looked at
_NULLS = ("", "~", "null", "Null", "NULL")
_STANDARD = "tag:yaml.org,2002:"
# Values of other tags, such as !!binary, aren't those that are written.
_TYPES = ("bool", "float", "int", "map", "null", "omap", "pairs", "seq", "set", "str", "timestamp")
_AS_WRITTEN = {f"{_STANDARD}{name}" for name in _TYPES}
_WHOLE_NAMES = ("Ref", "Condition")  # intrinsic functions without the prefix Fn::


def is_entry(text: str, offset: int) -> bool:
    """Return True if an entry or a separator of YAML begins at the offset."""
    return bool(_FIRST.match(text, offset))


def is_flow(text: str, offset: int) -> bool:
    """Return True if a mapping in brackets with a key without quotes begins at the offset."""
    return bool(_FLOW.match(text, offset))


def recognizes(text: str) -> bool:
    """Return True if a line of the text is an entry of YAML."""
    return bool(_ENTRY.search(text[:_EXCERPT]))


def parse_documents(text: str) -> list[Node]:
    """Return the documents of a YAML stream; ``!Ref x`` becomes ``{"Ref": "x"}``.

    Raises ``ParseError`` for what isn't YAML, repeated keys, keys that aren't scalars, and more
    than a document may have.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return [*_Composer(yaml, yaml.parse(text, Loader=loader)).documents()]
    except yaml.YAMLError as error:
        raise _parse_error(error, text) from error
    except RecursionError as error:
        raise ParseError("The document has too many levels.") from error


def _parse_error(error: Any, text: str) -> ParseError:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "can't be read"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = SyntaxProblem(str(reason), line, column)
    hint = " Put a value that begins with {{ in quotes." if _BUILD_DATE.search(text) else ""
    if mark and text[mark.index : mark.index + 1] == "\t":
        hint = " Indent with spaces, not with tabs."
    return ParseError(f"Invalid YAML: {problem}.{hint}", [problem], text)


class _Composer:
    """Builds nodes from the events of PyYAML, whose own nodes have types already."""

    def __init__(self, yaml: Any, events: Iterator[Any]) -> None:
        self._yaml, self._events = yaml, events
        self._budget = Budget()
        self._anchors: dict[str, tuple[Node, int]] = {}  # with the number of their nodes
        self._count = 0

    def documents(self) -> Iterator[Node]:
        """Yield the root of each document that isn't empty."""
        for event in self._events:
            if isinstance(event, self._yaml.DocumentStartEvent):
                self._anchors = {}
                node = self._node(next(self._events), 1)
                if node.kind != "null":
                    yield node

    def _node(self, event: Any, depth: int) -> Node:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, self._yaml.AliasEvent):
            return self._alias(event, line, column)
        self._count += 1
        self._budget.take(depth)
        before = self._count
        if isinstance(event, self._yaml.ScalarEvent):
            node = Node(_scalar_kind(event), event.value, line, column)
        elif isinstance(event, self._yaml.SequenceStartEvent):
            node = Node("list", [*self._items(depth)], line, column)
        else:
            node = Node("mapping", self._entries(depth), line, column)
        node = _with_tag(node, event.tag)
        if event.anchor:
            self._anchors[event.anchor] = node, self._count - before + 1
        return node

    def _alias(self, event: Any, line: int, column: int) -> Node:
        if event.anchor not in self._anchors:
            raise ParseError(f"{SyntaxProblem(f'unknown alias *{event.anchor}', line, column)}.")
        node, count = self._anchors[event.anchor]
        self._count += count
        self._budget.take(1, count)
        return Node(node.kind, node.value, line, column)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), self._yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        merged: list[Node] = []
        while not isinstance(event := next(self._events), self._yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key.value, str):
                hint = " Put a value that begins with {{ in quotes"
                raise key.error(f"A key must be a string.{hint}")
            value = self._node(next(self._events), depth + 1)
            if key.value == "<<" and key.kind == "plain":
                merged += value.value if value.kind == "list" else [value]
            elif key.value in found:
                raise key.error(f"Duplicate key “{key.value}”")
            else:
                found[key.value] = value.at(key)
        for base in merged:
            if base.kind != "mapping":
                raise base.error("<< can only add the entries of a mapping")
            found |= {name: item for name, item in base.entries().items() if name not in found}
        return found


def _scalar_kind(event: Any) -> Kind:
    if event.style or event.tag == f"{_STANDARD}str":
        return "text"
    return "null" if event.value in _NULLS else "plain"


def _with_tag(node: Node, tag: str | None) -> Node:
    """Return the node of a tag: an intrinsic function, an expression for what isn't as written."""
    if not tag or tag == "!" or tag in _AS_WRITTEN:
        return node
    if tag.startswith(_STANDARD):
        text = f"!!{tag.removeprefix(_STANDARD)} {node.text}".strip()
        return Node("expression", text, node.line, node.column)
    name = tag.removeprefix("!")
    key = name if name in _WHOLE_NAMES else f"Fn::{name}"
    inner = Node("text", node.value) if node.kind in ("plain", "null") else node
    return Node("mapping", {key: inner.at(node)}, node.line, node.column)
