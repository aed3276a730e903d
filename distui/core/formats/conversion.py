"""A configuration of any format as the document of a request: names, types and repairs.

Nothing is dropped without a trace: what the API doesn't know keeps its name and becomes a finding,
what isn't taken as written is a repair, and an expression without a value is unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from distui.core.document import strict_json
from distui.core.document.parse_error import ParseError
from distui.core.formats.names import Names
from distui.core.formats.reading import Reading, Repair, Unresolved
from distui.core.formats.syntax.nodes import Node, Place, from_value, written_value
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

_ABSENT: Any = object()
_INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_BOOLEANS = {"true": True, "false": False}
_YAML_BOOLEANS = _BOOLEANS | {"yes": True, "no": False, "on": True, "off": False}
_PAIR = ({"Key", "Value"}, {"key", "value"})
_EMPTY: tuple[Any, ...] = ("", [], {})
_MEANINGFUL = (shapes.REQUEST, "AmiDistributionConfiguration")  # empty, it asks for an AMI

_BRACKETS = ("object", "map", "array")
_TEXT = shapes.Shape("", "string")

Resolve = Callable[[Node], Node]


@dataclass
class Conversion:
    """The conversion of one configuration; ``document`` starts it and the lists fill up.

    ``resolve`` returns the value of what a format computes, or an ``expression``. If
    ``empty_is_absent``, empty texts, lists and maps mean the same as none, and if
    ``zero_is_absent``, so does 0. ``comment`` is the name of comments among members.
    """

    names: Names
    resolve: Resolve = lambda node: node
    empty_is_absent: bool = False
    zero_is_absent: bool = False
    comment: str = ""
    repairs: list[Repair] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def reading(self, node: Node, kind: str, *, title: str = "", ignored: Sequence[str]) -> Reading:
        """Return the reading of a configuration; ``ignored`` are members that no request has."""
        left_out = [name for name in ignored if name in node.entries()]
        kept = {name: item for name, item in node.entries().items() if name not in left_out}
        converted = Node(node.kind, kept if node.kind == "mapping" else node.value).at(node)
        return Reading(
            self.document(converted),
            kind,
            notices=(f"Ignored: {', '.join(left_out)}.",) if left_out else (),
            title=title,
            repairs=tuple(self.repairs),
            unresolved=tuple(self.unresolved),
            names=self.names,
            places=lambda: self.places,
        )

    def document(self, node: Node) -> Any:
        """Return the document of a configuration."""
        found = self._value(node, shapes.shape(), (), required=True)
        return {} if found is _ABSENT else found

    def _value(self, node: Node, shape: shapes.Shape, path: Path, *, required: bool) -> Any:
        node = self._decoded(self.resolve(node), shape, path)
        self.places[pointer(path)] = (node.line, node.column)
        if node.kind == "expression":
            return self._without_value(node, shape, path, required=required)
        if node.kind == "null":
            if not self._has_no_value(node):
                self._repair(node, path, "Removed because it is empty.")
            return _ABSENT
        convert = {
            "object": self._object,
            "map": self._map,
            "array": self._list,
            "string": self._string,
            "integer": self._integer,
            "boolean": self._boolean,
        }[shape.kind]
        return convert(node, shape, path)

    def _decoded(self, node: Node, shape: shapes.Shape, path: Path) -> Node:
        """Return the value of JSON in a text, for example of ``jsonencode``."""
        begins = node.kind == "text" and node.value.lstrip()[:1] in ("{", "[")
        if not begins or shape.kind not in _BRACKETS:
            return node
        try:
            owner = pointer(path[-1:]).lstrip("/")
            value = strict_json.parse(node.text, any_text=True, owner=owner)
        except ParseError:
            return node
        self._repair(node, path, "Read the JSON in the string.")
        return from_value(value, node)

    def _without_value(self, node: Node, shape: shapes.Shape, path: Path, *, required: bool) -> Any:
        self.unresolved.append(Unresolved(pointer(path), node.value, node.line, node.column))
        return "" if required and shape.kind == "string" else _ABSENT

    def _object(self, node: Node, shape: shapes.Shape, path: Path) -> Any:
        items = node.items()
        if len(items) == 1:  # a block of Terraform
            if not self.empty_is_absent:
                self._repair(node, path, "Read a list with one item as the item.")
            return self._value(items[0], shape, path, required=False)
        if node.kind == "list" and not items and self.empty_is_absent:
            return _ABSENT
        if node.kind != "mapping":
            return self._other(node, path)
        before = len(self.unresolved)
        found = self._members(node, shape, path)
        may_vanish = self.empty_is_absent or len(self.unresolved) > before
        has_lost_all = bool(node.entries()) and not found and may_vanish
        return _ABSENT if has_lost_all and shape.name not in _MEANINGFUL else found

    def _members(self, node: Node, shape: shapes.Shape, path: Path) -> dict[str, Any]:
        """Return the members. Raises ``ParseError`` if two spellings of one replace each other."""
        found: dict[str, Any] = {}
        spellings: dict[str, str] = {}
        for name, item in node.entries().items():
            if self.comment and name == self.comment:
                continue
            member, is_regular = self.names.find(shape, name)
            if name in spellings:
                raise item.error(f"{spellings[name]} and {name} are the same member")
            if not member or member in spellings:
                self._keep(item, (*path, name), found, name)
                continue
            if item.kind != "null":
                spellings[member] = name
            if not is_regular:
                self._rename(item, (*path, member), name, self.names.of(shape.name, member))
            known = shape.members[member]
            value = self._value(item, known.shape, (*path, member), required=known.required)
            if value is not _ABSENT and not self._is_absent(value, known):
                found[member] = value
        return found

    def _is_absent(self, value: Any, member: shapes.Member) -> bool:
        is_zero = self.zero_is_absent and value == 0 and member.shape.kind == "integer"
        is_empty = is_zero or (value in _EMPTY and member.shape.kind != "object")
        return self.empty_is_absent and is_empty and not member.required

    def _rename(self, item: Node, path: Path, name: str, own: str) -> None:
        """List a name that isn't the format's own; one that is the API's can't be undone."""
        member = str(path[-1])
        if name != member:
            self._repair(item, path, f"Read {name} as {member}.", name)
            return
        message = f"Read {name}, which is {own} in this format."
        self.repairs.append(Repair(pointer(path), message, item.line, item.column))

    def _keep(self, item: Node, path: Path, found: dict[str, Any], name: str) -> None:
        """Put a member that the API doesn't know among those found, an expression as its text.

        A function of CloudFormation that adds members is none itself.
        """
        item = self.resolve(item)
        self.places[pointer(path)] = (item.line, item.column)
        if self._has_no_value(item):
            return
        value = self._other(item, path)
        if item.kind != "expression":
            found[name] = value
        elif not name.startswith("Fn::"):
            found[name] = item.value

    def _has_no_value(self, node: Node) -> bool:
        return node.kind == "null" and (self.empty_is_absent or node.value.startswith("AWS::"))

    def _other(self, node: Node, path: Path) -> Any:
        """Return a value that the API doesn't have there, for the rules to report.

        Each expression in it is unresolved at its own place.
        """
        node = self.resolve(node)
        if node.kind == "expression":
            return self._without_value(node, _TEXT, path, required=False)
        if node.kind == "mapping":
            values = {n: self._other(item, (*path, n)) for n, item in node.value.items()}
            return {name: value for name, value in values.items() if value is not _ABSENT}
        if node.kind == "list":
            return self._other_items(node, path)
        return _ABSENT if self._has_no_value(node) else written_value(node)

    def _other_items(self, node: Node, path: Path) -> list[Any]:
        found: list[Any] = []
        expressions = 0
        for item in map(self.resolve, node.items()):
            is_expression = item.kind == "expression"
            number = len(found) + (expressions if is_expression else 0)
            expressions += is_expression
            value = self._other(item, (*path, number))
            found += [value] if value is not _ABSENT else []
        return found

    def _map(self, node: Node, shape: shapes.Shape, path: Path) -> Any:
        entries = node.entries()
        if node.kind != "mapping":
            entries = _entries_of_pairs([self._pair(item) for item in node.items()])
            if not entries:
                return self._other(node, path)
            self._repair(node, path, "Read a list of keys and values as a map.")
        found = {}
        for key, item in entries.items():
            value = self._value(item, shape.value or _TEXT, (*path, key), required=False)
            if value is not _ABSENT:
                found[key] = value
        return found if found or not entries else _ABSENT

    def _pair(self, node: Node) -> dict[str, Node]:
        entries = self.resolve(node).entries()
        return {name: self.resolve(item) for name, item in entries.items()}

    def _list(self, node: Node, shape: shapes.Shape, path: Path) -> Any:
        if node.kind not in ("list", "mapping"):
            if not node.text and self.empty_is_absent:
                return _ABSENT
            self._repair(node, path, f"Read {node.text} as a list with one item.")
        elif node.kind == "mapping":
            if not shape.item or shape.item.kind != "object":
                return self._other(node, path)
            self._repair(node, path, "Read as a list with one item.")
        items = node.items() if node.kind == "list" else [node]
        found: list[Any] = []
        expressions = 0
        for item in map(self.resolve, items):
            number = len(found) + (expressions if item.kind == "expression" else 0)
            expressions += item.kind == "expression"
            before = len(self.unresolved)
            value = self._value(item, shape.item or _TEXT, (*path, number), required=False)
            if value is not _ABSENT:
                found.append(value)
            elif item.kind != "expression" and len(self.unresolved) > before:
                found.append({})  # keeps the place of its unresolved members
        return found if found or not items else _ABSENT

    def _string(self, node: Node, shape: shapes.Shape, path: Path) -> Any:
        if node.kind in ("number", "boolean"):
            self._repair(node, path, f"Read {node.value} as a string.")
        return node.value if isinstance(node.value, str) else self._other(node, path)

    def _integer(self, node: Node, shape: shapes.Shape, path: Path) -> Any:
        if not _INTEGER.fullmatch(node.text):
            return self._other(node, path)
        if node.kind == "text":
            self._repair(node, path, f"Read “{node.text}” as a number.")
        return int(node.text)

    def _boolean(self, node: Node, shape: shapes.Shape, path: Path) -> Any:
        values = _YAML_BOOLEANS if node.kind == "plain" else _BOOLEANS
        if node.text.lower() not in values:
            return self._other(node, path)
        if node.kind == "text" or node.text.lower() not in _BOOLEANS:
            shown = "true" if values[node.text.lower()] else "false"
            self._repair(node, path, f"Read “{node.text}” as {shown}.")
        return values[node.text.lower()]

    def _repair(self, node: Node, path: Path, message: str, name: str = "") -> None:
        written = None if name else written_value(node)
        place = node.line, node.column
        self.repairs.append(Repair(pointer(path), message, *place, written, name))


def _entries_of_pairs(pairs: list[dict[str, Node]]) -> dict[str, Node]:
    """Return the map in a list of ``{"Key", "Value"}``, empty for any other list."""
    if not all(set(pair) in _PAIR for pair in pairs):
        return {}
    rows = [[pair[name] for name in sorted(pair)] for pair in pairs]
    entries = {key.text: value for key, value in rows if key.kind != "expression"}
    return entries if len(entries) == len(rows) and "" not in entries else {}
