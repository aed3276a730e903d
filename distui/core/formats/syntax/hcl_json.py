"""Terraform's JSON syntax: texts are templates, and objects can be blocks.

Source: https://developer.hashicorp.com/terraform/language/syntax/json.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from distui.core.document.parse_error import ParseError
from distui.core.formats.syntax.hcl_expressions import Evaluator, Scope, scope_of
from distui.core.formats.syntax.hcl_text import Attribute, parse_hcl
from distui.core.formats.syntax.nodes import Node, mapping

Expand = Callable[[str, Node, Evaluator], list[Node]]  # a label, and the body of a dynamic block

_COMMENT = "//"
_MAX_CACHED = 500  # characters of an expression
_PIECE = re.compile(r'\$\$\{|%%\{|\$\{|%\{|[{}]|"(?:[^"\\]|\\.)*"|[^$%{}"]+|.', re.DOTALL)


def scope_of_json(root: Node, evaluator: Evaluator, expand: Expand) -> Scope:
    """Return the scope of a file: literal defaults of variables, and locals."""
    defaults = {
        name: variable.get("default")
        for name, variable in entries_of(root.get("variable"))
        if "default" in variable.entries()
    }
    values = dict(entries_of(root.get("locals")))
    return scope_of(
        evaluator,
        defaults.get,
        {name: partial(json_value, node=node, expand=expand) for name, node in values.items()},
    )


def entries_of(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the entries of an object, or of all objects in a list, without comments."""
    for one in [node, *node.items()]:
        yield from ((n, item) for n, item in one.entries().items() if n != _COMMENT)


def json_value(evaluator: Evaluator, node: Node, expand: Expand) -> Node:
    """Return the value of a node with its templates evaluated and its dynamic blocks expanded."""
    if node.kind == "text":
        return _placed(_template(node.value, evaluator), node)
    if node.kind == "list":
        return Node("list", [json_value(evaluator, i, expand) for i in node.value]).at(node)
    if node.kind != "mapping":
        return node
    found = {
        name: json_value(evaluator, item, expand)
        for name, item in entries_of(node)
        if name != "dynamic"
    }
    for label, block in entries_of(node.get("dynamic")):
        for one in block.items() or [block]:
            before = found.get(label, Node("list", []))
            listed = before.items() or ([before] if before.kind == "mapping" else [])
            found[label] = Node("list", [*listed, *expand(label, one, evaluator)]).at(one)
    return mapping(found, node)


def _placed(found: Node, place: Node) -> Node:
    """Return a computed value with all its parts at one place, that of its template."""
    if found.kind == "mapping":
        return mapping({name: _placed(item, place) for name, item in found.value.items()}, place)
    if found.kind == "list":
        return Node("list", [_placed(item, place) for item in found.value]).at(place)
    return found.at(place)


def _template(text: str, evaluator: Evaluator) -> Node:
    """Return the value of a template, an expression if a part of it has none."""
    if "${" not in text and "%{" not in text:
        return Node("text", text)
    try:
        parts = [*_parts(text, evaluator)]
    except ParseError:
        return Node("expression", text)
    if len(parts) == 1:
        evaluator.budget.take_result(parts[0])
        return parts[0]
    if any(part.kind == "expression" or not isinstance(part.value, str) for part in parts):
        return Node("expression", text)
    evaluator.budget.take_text(part.value for part in parts)
    return Node("text", "".join(part.value for part in parts))


def _parts(text: str, evaluator: Evaluator) -> Iterator[Node]:
    """Yield the literal and the evaluated parts of a template. Raises ``ParseError``."""
    literal, expression, depth = "", "", 0
    for piece in _PIECE.findall(text):
        if not depth and piece in ("$${", "%%{"):
            literal += piece[1:]
        elif not depth and piece == "%{":
            raise ParseError("A directive of a template can't be evaluated.")
        elif not depth and piece == "${":
            if literal:
                yield Node("text", literal)
            literal, depth = "", 1
        elif not depth:
            literal += piece
        else:
            depth += piece.endswith("{") - (piece == "}")
            if not depth:
                yield _expression(expression.strip(), evaluator)
            expression = expression + piece if depth else ""
    if depth:
        raise ParseError("An expression of a template doesn't end.")
    if literal:
        yield Node("text", literal)


def _expression(text: str, evaluator: Evaluator) -> Node:
    source = f"x = {text}\n"
    is_short = len(text) <= _MAX_CACHED
    attribute = (_parsed if is_short else _parsed.__wrapped__)(source)
    return Evaluator(source, evaluator.scope, evaluator.budget).attribute(attribute)


@lru_cache(maxsize=256)  # locals are evaluated at each use
def _parsed(source: str) -> Attribute:
    return parse_hcl(source).attributes["x"]
