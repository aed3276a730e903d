"""Intrinsic functions of CloudFormation, as far as a template has their values.

Source: the user guide's intrinsic function reference. Defaults of parameters are values; an
attribute of a resource, an import and an unknown pseudo parameter are not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from distui.core.formats.syntax.nodes import Budget, Node, mapping, plain_value, walk

_VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
_DYNAMIC = re.compile(r"\{\{resolve:(?:ssm|ssm-secure|secretsmanager):")
_NO_VALUE = "AWS::NoValue"
_LOOP = "Fn::ForEach::"
TRANSFORM = "Fn::Transform"
_MAX_SHOWN = 200  # characters of an expression
_SCALARS = ("text", "plain", "number")
_LISTS = ("CommaDelimitedList", "List<")


class Intrinsics:
    """Resolves the functions in a template's values."""

    def __init__(self, template: Node, pseudo: Mapping[str, str]) -> None:
        self._template = template
        self._pseudo = pseudo
        self._budget = Budget()
        self._conditions: dict[str, bool | None] = {}

    def resolve(self, node: Node) -> Node:
        """Return the value of a function, a node of kind ``expression`` if the text lacks it.

        So is a dynamic reference, ``{{resolve:ssm:/golden/key}}``, and what a transform or a loop
        adds to the entries of a mapping.
        """
        if node.kind != "mapping" or len(node.value) != 1:
            return _with_references(_with_added(node))
        ((name, argument),) = node.value.items()
        if name != "Ref" and not name.startswith("Fn::"):
            return node
        function = _FUNCTIONS.get(name)
        found = function(self, argument) if function else None
        if not found:
            return Node("expression", _shown(node)).at(node)
        self._budget.take_result(found)
        return _with_references(found.at(node))

    def ref(self, argument: Node) -> Node | None:
        """Resolve ``Ref``: a parameter's default or a pseudo parameter."""
        name = argument.text
        if name == _NO_VALUE:
            return Node("null", name)
        if name in self._pseudo:
            return Node("text", self._pseudo[name])
        parameter = self._template.get("Parameters", name)
        type_, default = parameter.get("Type").text, parameter.get("Default")
        if "Default" not in parameter.entries() or type_.startswith("AWS::SSM::"):
            return None
        if type_.startswith(_LISTS):
            parts = [part.strip() for part in default.text.split(",")]
            return Node("list", [Node("plain", part).at(argument) for part in parts])
        return Node("plain" if default.kind == "number" else default.kind, default.value)

    def sub(self, argument: Node) -> Node | None:
        """Resolve ``Fn::Sub``, with or without variables of its own."""
        template, variables = argument, Node("mapping", {})
        if argument.kind == "list" and len(argument.value) == 2:
            template, variables = argument.value

        unknown: list[str] = []
        values: dict[str, Node | None] = {}

        def value_of(found: re.Match[str]) -> str:
            name = found[2].strip()
            if found[1]:
                return "${" + found[2] + "}"
            if name not in values:
                own = variables.entries().get(name)
                values[name] = self.resolve(own) if own else self.ref(Node("text", name))
            value = values[name]
            if value and _is_no_value(value):
                return ""
            if value is None or not isinstance(value.value, str) or value.kind == "expression":
                unknown.append(name)
                return ""
            self._budget.take_text([value.value])
            return value.value

        text = _VARIABLE.sub(value_of, template.text)
        return None if unknown else Node("text", text)

    def join(self, argument: Node) -> Node | None:
        """Resolve ``Fn::Join`` of known texts."""
        if len(argument.items()) != 2:
            return None
        separator, items = map(self.resolve, argument.items())
        texts = [one for item in items.items() if not _is_no_value(one := self.resolve(item))]
        if items.kind != "list" or any(not isinstance(text.value, str) for text in texts):
            return None
        if any(text.kind == "expression" for text in texts):
            return None
        self._budget.take_text([*(text.text for text in texts), *([separator.text] * len(texts))])
        return Node("text", separator.text.join(text.text for text in texts))

    def select(self, argument: Node) -> Node | None:
        """Resolve ``Fn::Select`` of a known list."""
        if len(argument.items()) != 2:
            return None
        index, items = map(self.resolve, argument.items())
        if not index.text.isdigit() or int(index.text) >= len(items.items()):
            return None
        return self.resolve(items.items()[int(index.text)])

    def split(self, argument: Node) -> Node | None:
        """Resolve ``Fn::Split`` of a known text."""
        if len(argument.items()) != 2:
            return None
        separator, text = map(self.resolve, argument.items())
        if not separator.text or text.kind not in ("text", "plain"):
            return None
        parts = text.text.split(separator.text)
        return Node("list", [Node("text", part).at(argument) for part in parts])

    def find_in_map(self, argument: Node) -> Node | None:
        """Resolve ``Fn::FindInMap`` with known keys; a fourth argument has the default value."""
        keys = [self.resolve(item) for item in argument.items()[:3]]
        if any(key.kind == "expression" for key in keys):
            return None
        found = self._template.get("Mappings", *(key.text for key in keys))
        if found.kind == "null":
            default = [item.get("DefaultValue") for item in argument.items()[3:]]
            found = self.resolve(default[0]) if default else found
        return found if found.kind not in ("null", "mapping") else None

    def choose(self, argument: Node) -> Node | None:
        """Resolve ``Fn::If`` of a condition whose value is known."""
        if len(argument.items()) != 3:
            return None
        condition, yes, no = argument.items()
        known = self._condition_of(condition.text)
        return self.resolve(yes if known else no) if known is not None else None

    def _condition_of(self, name: str) -> bool | None:
        """Return the value of a condition, or None if it isn't known or refers to itself."""
        if name not in self._conditions:
            self._conditions[name] = None  # as long as it is evaluated
            self._conditions[name] = self._evaluated(self._template.get("Conditions", name))
        return self._conditions[name]

    def _evaluated(self, node: Node) -> bool | None:
        if len(node.entries()) != 1:
            return None
        ((name, argument),) = node.value.items()
        if name == "Condition":
            return self._condition_of(argument.text)
        if name == "Fn::Equals" and len(argument.items()) == 2:
            one, other = map(self.resolve, argument.items())
            is_known = "expression" not in (one.kind, other.kind)
            return one.value == other.value if is_known else None
        inner = [self._evaluated(item) for item in argument.items()]
        decisive = {"Fn::And": False, "Fn::Or": True}.get(name)
        if decisive is not None and decisive in inner:
            return decisive
        if None in inner or not inner:
            return None
        operations = {"Fn::Not": not inner[0], "Fn::And": all(inner), "Fn::Or": any(inner)}
        return operations.get(name)

    def with_loops(self, entries: Mapping[str, Node], type_: str) -> Iterator[tuple[str, Node]]:
        """Yield the entries, and those that ``Fn::ForEach`` generates with resources of a type.

        Raises ``ParseError`` for a loop over values that the template doesn't have.
        """
        for name, item in entries.items():
            if not name.startswith(_LOOP):
                yield name, item
            elif any(node.text == type_ for _, node in walk(item)):
                yield from self._loop(name, item, type_)

    def _loop(self, name: str, loop: Node, type_: str) -> Iterator[tuple[str, Node]]:
        identifier, collection, body = [*loop.items(), *(3 * [Node("null", "")])][:3]
        values = [self.resolve(value) for value in self.resolve(collection).items()]
        if not values or any(value.kind not in _SCALARS for value in values):
            raise loop.error(f"The values of {name} aren't in this template")
        for value in values:
            inner = _replaced(body, identifier.text, value.text)
            self._budget.take_result(inner)
            yield from self.with_loops(inner.entries(), type_)


_FUNCTIONS: dict[str, Callable[[Intrinsics, Node], Node | None]] = {
    "Ref": Intrinsics.ref,
    "Fn::Sub": Intrinsics.sub,
    "Fn::Join": Intrinsics.join,
    "Fn::Select": Intrinsics.select,
    "Fn::Split": Intrinsics.split,
    "Fn::FindInMap": Intrinsics.find_in_map,
    "Fn::If": Intrinsics.choose,
}


def _is_no_value(node: Node) -> bool:
    return node.kind == "null" and node.value == _NO_VALUE


def _with_references(node: Node) -> Node:
    """Return the node, an expression if it is a text with a dynamic reference."""
    is_reference = node.kind in ("text", "plain") and _DYNAMIC.search(node.text)
    return Node("expression", node.value).at(node) if is_reference else node


def _with_added(node: Node) -> Node:
    """Return the mapping with an expression for each function that adds entries to it."""
    added = {
        name: Node("expression", _shown(mapping({name: item}, item))).at(item)
        for name, item in node.entries().items()
        if name.startswith((TRANSFORM, _LOOP)) and item.kind != "expression"
    }
    return mapping({**node.value, **added}, node) if added else node


def _replaced(node: Node, identifier: str, value: str) -> Node:
    """Return the body of a loop with the value of its identifier."""
    if node.kind == "mapping":
        if node.get("Ref").text == identifier and len(node.value) == 1:
            return Node("text", value).at(node)
        entries = {
            _with_value(name, identifier, value): _replaced(item, identifier, value)
            for name, item in node.value.items()
        }
        return Node("mapping", entries).at(node)
    if node.kind == "list":
        return Node("list", [_replaced(item, identifier, value) for item in node.value]).at(node)
    return Node(node.kind, _with_value(node.text, identifier, value)).at(node)


def _with_value(text: str, identifier: str, value: str) -> str:
    return text.replace(f"${{{identifier}}}", value).replace(f"&{{{identifier}}}", value)


def _shown(node: Node) -> str:
    """Return an expression as people read it: ``AWS::Region``, ``Key.Arn`` or JSON."""
    ((name, argument),) = node.value.items()
    if name == "Fn::GetAtt":
        return ".".join(item.text for item in argument.items()) or argument.text
    if name in ("Ref", "Fn::Sub") and argument.text:
        whole = _VARIABLE.fullmatch(argument.text)
        return whole[2] if whole else argument.text
    text = json.dumps(plain_value(node), ensure_ascii=False)
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"
