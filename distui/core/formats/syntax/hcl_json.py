"""Terraform's JSON syntax: texts are templates, and objects can be blocks.

Source: https://developer.hashicorp.com/terraform/language/syntax/json. In a block, the name ``//``
is that of a comment; in a map it is a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from distui.core.formats.syntax.hcl_expressions import Evaluator, Scope
from distui.core.formats.syntax.hcl_scopes import scope_of
from distui.core.formats.syntax.nodes import Node, mapping, placed

Expand = Callable[[str, Node, Evaluator], list[Node]]  # a label, and the body of a dynamic block

COMMENT = "//"


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
        yield from ((n, item) for n, item in one.entries().items() if n != COMMENT)


def json_value(evaluator: Evaluator, node: Node, expand: Expand) -> Node:
    """Return the value of a node with its templates evaluated and its dynamic blocks expanded.

    Comments stay: only its reader knows which objects are blocks.
    """
    if node.kind == "text":
        return placed(evaluator.template(node.value), node)
    if node.kind == "list":
        return Node("list", [json_value(evaluator, i, expand) for i in node.value]).at(node)
    if node.kind != "mapping":
        return node
    found = {
        name: json_value(evaluator, item, expand)
        for name, item in node.value.items()
        if name != "dynamic"
    }
    for label, block in entries_of(node.get("dynamic")):
        for one in block.items() or [block]:
            before = found.get(label, Node("list", []))
            listed = before.items() or ([before] if before.kind == "mapping" else [])
            found[label] = Node("list", [*listed, *expand(label, one, evaluator)]).at(one)
    return mapping(found, node)
