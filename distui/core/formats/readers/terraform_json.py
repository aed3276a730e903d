"""Terraform in JSON: ``terraform show -json`` of a plan or a state, and the state's own file.

Formats: https://developer.hashicorp.com/terraform/internals/json-format. Only these have the values
of every expression.
"""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.document.parse_error import ParseError
from distui.core.formats.conversion import Conversion
from distui.core.formats.readers.terraform import NAMES, READ_ONLY
from distui.core.formats.reading import Reading
from distui.core.formats.syntax.nodes import Node, mapping

KIND = "terraform"
_UNKNOWN = "(known after apply)"


def recognizes(node: Node) -> bool:
    """Return True for a plan, a state or a configuration in JSON."""
    entries = node.entries()
    return "terraform_version" in entries or "planned_values" in entries


def read(node: Node) -> list[Reading]:
    """Return the resources' configurations. Raises ``ParseError`` if there is none."""
    found = [
        Conversion(NAMES[type_], empty_is_absent=True, zero_is_absent=True).reading(
            values, KIND, title=title, ignored=(*READ_ONLY, "timeouts")
        )
        for type_, title, values in _resources(node)
        if type_ in NAMES and values.kind == "mapping"
    ]
    if not found:
        raise ParseError(f"This Terraform plan or state has no resource {' or '.join(NAMES)}.")
    return found


def _resources(root: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield type, address and values of each resource."""
    if "resource_changes" in root.entries():
        for change in root.get("resource_changes").items():
            after = _with_unknown(
                change.get("change", "after"), change.get("change", "after_unknown")
            )
            yield change.get("type").text, change.get("address").text, after
    elif root.get("resources").kind == "list":  # the file of a state
        for resource in root.get("resources").items():
            title = f"{resource.get('type').text}.{resource.get('name').text}"
            for instance in resource.get("instances").items():
                yield resource.get("type").text, title, instance.get("attributes")
    else:
        for name in ("planned_values", "values"):
            yield from _in_module(root.get(name, "root_module"))


def _in_module(module: Node) -> Iterator[tuple[str, str, Node]]:
    for resource in module.get("resources").items():
        yield resource.get("type").text, resource.get("address").text, resource.get("values")
    for child in module.get("child_modules").items():
        yield from _in_module(child)


def _with_unknown(after: Node, unknown: Node) -> Node:
    """Return the planned values with an expression for each that is known after apply only."""
    if unknown.kind == "boolean" and unknown.value == "true":
        return Node("expression", _UNKNOWN).at(unknown)
    if unknown.kind == "mapping" and after.kind in ("mapping", "null"):
        names = [*after.entries(), *(name for name in unknown.value if name not in after.entries())]
        return mapping({n: _with_unknown(after.get(n), unknown.get(n)) for n in names}, after)
    if unknown.kind == "list" and after.kind == "list":
        missing = Node("null", "")
        pairs = zip(after.value, [*unknown.value, *(missing for _ in after.value)], strict=False)
        return Node("list", [_with_unknown(one, flag) for one, flag in pairs]).at(after)
    return after
