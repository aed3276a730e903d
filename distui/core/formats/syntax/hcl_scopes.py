"""The names that expressions can use: variables with their defaults, and locals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from distui.core.formats.syntax.hcl_expressions import Evaluator, Scope
from distui.core.formats.syntax.hcl_text import Attribute, Body, name_of, parts, unwrapped
from distui.core.formats.syntax.nodes import Node, SetItems

_COLLECTIONS = ("list", "map", "set")


def scope_of_file(body: Body, evaluator: Evaluator) -> Scope:
    """Return the scope of a file: the defaults of its variables, and its locals.

    Packer has locals of another syntax too: ``local "name" { expression = … }``.
    """
    variables = {
        block.labels[0]: block.body.attributes
        for block in body.blocks_of("variable")
        if block.labels and "default" in block.body.attributes
    }
    values = {
        name: attribute
        for block in body.blocks_of("locals")
        for name, attribute in block.body.attributes.items()
    }
    values |= {
        block.labels[0]: block.body.attributes["expression"]
        for block in body.blocks_of("local")
        if block.labels and "expression" in block.body.attributes
    }
    return scope_of(
        evaluator,
        lambda name: _default_of(variables[name], evaluator) if name in variables else None,
        {name: partial(Evaluator.attribute, attribute=item) for name, item in values.items()},
    )


def _default_of(variable: Mapping[str, Attribute], evaluator: Evaluator) -> Node:
    found = evaluator.attribute(variable["default"])
    type_ = variable.get("type")
    return _typed(found, type_.expression, evaluator) if type_ else found


def _typed(node: Node, type_: Any, evaluator: Evaluator) -> Node:
    """Return a value with the optional attributes that its type adds to objects."""
    type_ = unwrapped(type_)
    if type_.data != "function_call":
        return node
    first, *rest = parts(type_)
    arguments = parts(rest[0]) if rest else []
    if name_of(first) in _COLLECTIONS and node.kind == "list":
        items = [_typed(item, arguments[0], evaluator) for item in node.value]
        if name_of(first) == "set":
            items = SetItems(sorted(items, key=lambda item: item.text))
        return Node("list", items).at(node)
    found = node.entries()
    if name_of(first) in _COLLECTIONS:
        found = {name: _typed(item, arguments[0], evaluator) for name, item in found.items()}
    elif name_of(first) == "object" and node.kind == "mapping":
        found = {**node.value, **_attributes(node, arguments[0], evaluator)}
    return Node("mapping", found).at(node) if node.kind == "mapping" else node


def _attributes(node: Node, object_: Any, evaluator: Evaluator) -> dict[str, Node]:
    """Return the attributes of an object type, ``optional(type, default)`` without a value too."""
    found = {}
    for element in parts(unwrapped(object_)):
        key, type_ = parts(element)
        name = name_of(unwrapped(parts(key)[0]))
        arguments = _optional(type_)
        if node.get(name).kind != "null":
            found[name] = _typed(node.get(name), arguments[0] if arguments else type_, evaluator)
        elif arguments:
            default = evaluator.value(arguments[1]) if len(arguments) > 1 else Node("null", "")
            found[name] = default.at(node)
    return found


def _optional(type_: Any) -> list[Any]:
    """Return the arguments of ``optional``, none of another type."""
    type_ = unwrapped(type_)
    if type_.data != "function_call" or name_of(parts(type_)[0]) != "optional":
        return []
    return parts(parts(type_)[1])


def scope_of(
    evaluator: Evaluator,
    default_of: Callable[[str], Node | None],
    values: Mapping[str, Callable[[Evaluator], Node]],
) -> Scope:
    """Return the scope of variables' defaults and of locals, which can use both."""
    open_names: set[str] = set()

    def local_of(name: str) -> Node | None:
        if name not in values or name in open_names:  # unknown, or defined by itself
            return None
        open_names.add(name)
        try:
            return values[name](evaluator.within(scope))
        finally:
            open_names.discard(name)

    scope: Scope = {"var": default_of, "local": local_of}
    return scope
