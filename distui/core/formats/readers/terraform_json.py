"""Terraform in JSON: plans and states, which have all values, and configurations, ``.tf.json``.

Formats: https://developer.hashicorp.com/terraform/internals/json-format, and for configurations
https://developer.hashicorp.com/terraform/language/syntax/json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import zip_longest

from distui.core.formats.conversion import Conversion
from distui.core.formats.readers.terraform import (
    NAMES,
    READ_ONLY,
    REPEATING,
    data_of_target,
    elements_of,
    instances,
    pair,
    unknown_elements,
    with_modules,
)
from distui.core.formats.readers.terraform_providers import (
    default_tags_of_json,
    with_added_tags,
    with_default_tags,
)
from distui.core.formats.reading import Reading
from distui.core.formats.syntax.hcl_expressions import Evaluator
from distui.core.formats.syntax.hcl_json import entries_of, json_value, scope_of_json
from distui.core.formats.syntax.nodes import Budget, Node, mapping

KIND = "terraform"
_SHOWN = {"terraform_version", "planned_values", "resource_changes", "values"}
_CONFIGURATION = ("resource", "variable", "locals", "module", "provider", "terraform")
_UNKNOWN = "(known after apply)"


def recognizes(node: Node) -> bool:
    """Return True for a plan, a state or a configuration in JSON."""
    entries = node.entries()
    is_configuration = any(node.get(name).kind in ("mapping", "list") for name in _CONFIGURATION)
    return "terraform_version" in entries or "planned_values" in entries or is_configuration


def read(node: Node, target: Mapping[str, str]) -> list[Reading]:
    """Return the resources' configurations; ``target`` has its pseudo parameters if it is known.

    Raises ``ParseError`` if there is none.
    """
    if _SHOWN & node.entries().keys():
        return with_modules([*_of_values(node)], "plan or state", ())
    modules = entries_of(node.get("module"))
    return with_modules([*_of_configuration(node, target)], "configuration", modules)


def _of_configuration(root: Node, target: Mapping[str, str]) -> Iterator[Reading]:
    """Yield the configurations of a file in the JSON syntax."""
    declared = [
        (type_, name)
        for type_, sources in entries_of(root.get("data"))
        for name, source in entries_of(sources)
        if not [*entries_of(source)]
    ]
    evaluator = Evaluator("", data_of_target(declared, target), Budget())
    evaluator = evaluator.within(scope_of_json(root, evaluator, _expanded))
    default_tags = default_tags_of_json(root)
    for type_, resources in entries_of(root.get("resource")):
        for name, resource in entries_of(resources) if type_ in NAMES else ():
            for body in resource.items() or [resource]:
                repeated = {
                    name: json_value(evaluator, item, _expanded)
                    for name, item in body.entries().items()
                    if name in REPEATING
                }
                members = partial(json_value, node=body, expand=_expanded)
                found = instances((type_, name), repeated, members, evaluator)
                yield from with_default_tags(found, type_, body.get("provider"), default_tags)


def _expanded(label: str, block: Node, evaluator: Evaluator) -> list[Node]:
    """Return the bodies that a dynamic block generates. Raises ``ParseError`` if none are known."""
    over = json_value(evaluator, block.get("for_each"), _expanded)
    elements = elements_of(over)
    if elements is None or block.get("content").kind == "null":
        raise unknown_elements(label, over, block, "")
    name = block.get("iterator").text or label
    return [
        json_value(evaluator.within({name: pair(key, value)}), block.get("content"), _expanded)
        for key, value in elements
    ]


def _of_values(node: Node) -> Iterator[Reading]:
    """Yield the configurations of a plan or a state."""
    for type_, title, values in _resources(node):
        if type_ in NAMES:
            if values.kind != "mapping":
                raise values.error(f"The values of {title} can't be read")
            conversion = Conversion(NAMES[type_], empty_is_absent=True, zero_is_absent=True)
            ignored = (*READ_ONLY, "timeouts")
            found = conversion.reading(values, KIND, title=title, ignored=ignored)
            yield with_added_tags(found, values)


def _resources(root: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield type, address and values of each resource."""
    if "resource_changes" in root.entries():
        for change in root.get("resource_changes").items():
            if change.get("change", "after").kind == "null" or _is_data(change):
                continue  # it is deleted, or only read
            after = _with_unknown(
                change.get("change", "after"), change.get("change", "after_unknown")
            )
            yield change.get("type").text, change.get("address").text, after
    elif root.get("resources").kind == "list":  # the file of a state
        for resource in root.get("resources").items():
            if _is_data(resource):
                continue
            names = (resource.get(name).text for name in ("module", "type", "name"))
            address = ".".join(filter(None, names))
            for instance in resource.get("instances").items():
                index = instance.get("index_key")
                key = json.dumps(index.value) if index.kind == "text" else index.text
                title = f"{address}[{key}]" if index.kind != "null" else address
                yield resource.get("type").text, title, instance.get("attributes")
    else:
        for name in ("planned_values", "values"):
            yield from _in_module(root.get(name, "root_module"))


def _is_data(resource: Node) -> bool:
    return resource.get("mode").text == "data"


def _in_module(module: Node) -> Iterator[tuple[str, str, Node]]:
    for resource in module.get("resources").items():
        if not _is_data(resource):
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
    if unknown.kind == "list" and after.kind in ("list", "null"):
        pairs = zip_longest(after.items(), unknown.value, fillvalue=Node("null", ""))
        return Node("list", [_with_unknown(one, flag) for one, flag in pairs]).at(after)
    return after
