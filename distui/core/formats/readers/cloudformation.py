"""CloudFormation: the distribution configurations of a template, in JSON or YAML.

Names: the user guide's ``AWS::ImageBuilder::DistributionConfiguration``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from distui.core.document.parse_error import ParseError
from distui.core.formats.conversion import Conversion
from distui.core.formats.names import CLOUDFORMATION
from distui.core.formats.readers.intrinsics import TRANSFORM, Intrinsics
from distui.core.formats.reading import Reading, not_in_file
from distui.core.formats.syntax.nodes import Node

KIND = "cloudformation"
TYPE = "AWS::ImageBuilder::DistributionConfiguration"
_TEMPLATES = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")  # have one of their own
_READ = ("Type", "Properties")  # of a resource
_PROPERTIES = ("Name", "Distributions")  # of a resource that was copied without its frame


def recognizes(node: Node) -> bool:
    """Return True for a template, resources by their logical IDs, a resource or its properties."""
    entries = node.entries()
    is_template = "AWSTemplateFormatVersion" in entries or "Resources" in entries
    is_resource = node.get("Type").text.startswith("AWS::") and "Properties" in entries
    has_resource = any(item.get("Type").text == TYPE for item in entries.values())
    has_properties = all(name in entries for name in _PROPERTIES)
    return is_template or is_resource or has_resource or has_properties


def read(node: Node, pseudo: Mapping[str, str]) -> list[Reading]:
    """Return the configurations of a template; ``pseudo`` are known pseudo parameters.

    Raises ``ParseError`` if there is none.
    """
    intrinsics = Intrinsics(node, pseudo)
    found = [
        _reading(name, resource, intrinsics) for name, resource in _resources(node, intrinsics)
    ]
    unread = _unread(node)
    if not found:
        missing = f"This CloudFormation template has no resource of type {TYPE}."
        raise ParseError(" ".join((missing, *unread)))
    return [replace(reading, notices=(*unread, *reading.notices)) for reading in found]


def _unread(node: Node) -> list[str]:
    """Return a notice of the transforms and nested stacks that have resources, if there are any."""
    is_part = "Type" in node.entries() or all(name in node.entries() for name in _PROPERTIES)
    resources = node.get("Resources") if "Resources" in node.entries() else node
    found = [*_macros(node), *(() if is_part else _transforms(resources))]
    return not_in_file([(one.get("Name").text or one.text or TRANSFORM, one) for one in found])


def _macros(node: Node) -> Iterator[Node]:
    """Yield the transforms of a whole template, but for AWS's own that add no such resource."""
    declared = node.get("Transform")
    for one in declared.items() or [declared]:
        name = one.get("Name").text or one.text
        if name == "AWS::Include" or (name and not name.startswith("AWS::")):
            yield one


def _transforms(node: Node) -> Iterator[Node]:
    """Yield the transforms among resources, also in loops, and the types of nested stacks.

    A transform of a resource with a type adds none.
    """
    if "Type" in node.entries():
        if node.get("Type").text in _TEMPLATES:
            yield node.get("Type")
        return
    for name, item in node.entries().items():
        if name == TRANSFORM:
            yield item
        else:
            yield from _transforms(item)
    for item in node.items():
        yield from _transforms(item)


def _resources(node: Node, intrinsics: Intrinsics) -> Iterator[tuple[str, Node]]:
    """Yield the logical ID and the resource of each configuration."""
    if node.get("Type").text == TYPE:
        yield "", node
    elif all(name in node.entries() for name in _PROPERTIES):
        yield "", Node("mapping", {"Properties": node}).at(node)
    entries = node.get("Resources").entries() or node.entries()
    for name, resource in intrinsics.with_loops(entries, TYPE):
        if resource.get("Type").text == TYPE:
            yield name, resource


def _reading(name: str, resource: Node, intrinsics: Intrinsics) -> Reading:
    """Return the reading of a resource. Raises ``ParseError`` if it has no properties."""
    if "Properties" not in resource.entries():
        raise resource.error("The resource has no Properties")
    conversion = Conversion(CLOUDFORMATION, intrinsics.resolve)
    properties = intrinsics.resolve(resource.get("Properties"))
    if properties.kind == "expression":
        raise properties.error(f"The properties of {name or TYPE} aren't in this template")
    reading = conversion.reading(properties, KIND, title=name, ignored=())
    if ignored := [name for name in resource.entries() if name not in _READ]:
        return replace(reading, notices=(f"Ignored: {', '.join(ignored)}.",))
    return reading
