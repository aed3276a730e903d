"""Terraform: resources of the aws and the awscc provider in HCL.

Names and meaning: the providers' documentation of ``aws_imagebuilder_distribution_configuration``
and ``awscc_imagebuilder_distribution_configuration``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from distui.core.document.parse_error import ParseError, SyntaxProblem
from distui.core.formats.conversion import Conversion
from distui.core.formats.names import AWSCC, TERRAFORM, Names
from distui.core.formats.readers.terraform_providers import (
    DefaultTags,
    default_tags_of_file,
    with_default_tags,
)
from distui.core.formats.reading import Reading, not_in_file
from distui.core.formats.syntax.hcl_expressions import Evaluator, Scope
from distui.core.formats.syntax.hcl_json import COMMENT
from distui.core.formats.syntax.hcl_scopes import scope_of_file
from distui.core.formats.syntax.hcl_text import Block, Body, parse_hcl
from distui.core.formats.syntax.nodes import Budget, Node, SetItems, place_of

KIND = "terraform"
NAMES: dict[str, Names] = {
    "aws_imagebuilder_distribution_configuration": TERRAFORM,
    "awscc_imagebuilder_distribution_configuration": AWSCC,
}
READ_ONLY = (
    "arn", "date_created", "date_updated", "distribution_configuration_id", "id", "region",
    "tags_all",
)  # fmt: skip
REPEATING = ("count", "for_each")
_META = (
    "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner",
    "timeouts",
)  # fmt: skip
# Attributes of data sources, and CloudFormation's pseudo parameters with the same values.
_OF_TARGET = {
    "aws_region": dict.fromkeys(("id", "name", "region"), "AWS::Region"),
    "aws_caller_identity": dict.fromkeys(("id", "account_id"), "AWS::AccountId"),
    "aws_partition": dict.fromkeys(("id", "partition"), "AWS::Partition"),
}
_BEGINNING = re.compile(
    r"^\s*(?:resource|data|module|variable|locals|provider|terraform)\b[^\n]*\{", re.MULTILINE
)
_EXCERPT = 100_000  # characters that are looked at


def recognizes(text: str) -> bool:
    """Return True if the text has a block of Terraform."""
    return text.lstrip()[:1] not in ("{", "[") and bool(_BEGINNING.search(text[:_EXCERPT]))


def read(text: str, target: Mapping[str, str]) -> list[Reading]:
    """Return the resource's configurations; ``target`` has its pseudo parameters if it is known.

    Raises ``ParseError``, also if there is none.
    """
    body = parse_hcl(text)
    declared = [b.labels for b in body.blocks_of("data") if not b.body.attributes]
    evaluator = Evaluator(text, data_of_target(declared, target), Budget())
    evaluator = evaluator.within(scope_of_file(body, evaluator))
    default_tags = default_tags_of_file(body, evaluator)
    found = [
        reading
        for block in body.blocks_of("resource")
        if block.labels and block.labels[0] in NAMES
        for reading in _instances(block, evaluator, default_tags)
    ]
    modules = [(".".join(block.labels), place_of(block)) for block in body.blocks_of("module")]
    return with_modules(found, "configuration", modules)


def with_modules(
    found: list[Reading], what: str, modules: Iterable[tuple[str, Node]]
) -> list[Reading]:
    """Return the readings of a file with a notice of its modules, by name and place.

    Raises ``ParseError`` if there is no reading.
    """
    notices = not_in_file([(f"module.{name}", place) for name, place in modules])
    if not found:
        missing = f"This Terraform {what} has no resource {' or '.join(NAMES)}."
        raise ParseError(" ".join((missing, *notices)))
    return [replace(reading, notices=(*notices, *reading.notices)) for reading in found]


def data_of_target(declared: Iterable[Sequence[str]], target: Mapping[str, str]) -> Scope:
    """Return the scope of data sources that tell the account, the Region and the partition.

    ``declared`` are the types and names of those without arguments.
    """
    found: dict[str, dict[str, Node]] = {}
    for type_, name in declared:
        values = {
            attribute: Node("text", target[parameter])
            for attribute, parameter in _OF_TARGET.get(type_, {}).items()
            if parameter in target
        }
        found.setdefault(type_, {})[name] = Node("mapping", values)
    return {"data": lambda type_: Node("mapping", found[type_]) if type_ in found else None}


def _instances(block: Block, evaluator: Evaluator, default_tags: DefaultTags) -> Iterator[Reading]:
    """Yield the readings of a resource."""
    arguments = block.body.attributes
    known = {
        name: evaluator.attribute(arguments[name])
        for name in (*REPEATING, "provider")
        if name in arguments
    }
    provider = known.pop("provider", Node("null", ""))
    found = instances(
        block.labels, known, lambda within: _node(block.body, within, block), evaluator
    )
    return with_default_tags(found, block.labels[0], provider, default_tags)


def instances(
    labels: tuple[str, ...],
    repeated: Mapping[str, Node],
    body: Callable[[Evaluator], Node],
    evaluator: Evaluator,
) -> Iterator[Reading]:
    """Yield the reading of a resource; one for each known key of ``for_each`` or of ``count``.

    ``repeated`` has the values of these arguments, ``body`` returns its members.
    """
    title, over = ".".join(labels), repeated.get("for_each")
    count = repeated.get("count", Node("null", "")).text
    if count.isdecimal() and int(count) > 0:
        evaluator.budget.take(1, int(count))
        for index in map(str, range(int(count))):
            inside = evaluator.within({"count": Node("mapping", {"index": Node("number", index)})})
            one = title if count == "1" else f"{title}[{index}]"
            yield _reading(labels[0], one, body(inside))
        return
    elements = elements_of(over) if over else None
    if not elements:
        yield _reading(labels[0], title, body(evaluator))
    for key, value in elements or ():
        key = value if over and over.kind == "list" else key  # a set is its own keys
        inside = evaluator.within({"each": pair(key, value)})
        yield _reading(labels[0], f"{title}[{key.text}]", body(inside))


def _reading(type_: str, title: str, node: Node) -> Reading:
    conversion = Conversion(NAMES[type_], empty_is_absent=True, comment=COMMENT)
    return conversion.reading(node, KIND, title=title, ignored=(*_META, *READ_ONLY))


def _node(body: Body, evaluator: Evaluator, place: Block) -> Node:
    """Return the mapping of a body; each type of block is a list.

    Raises ``ParseError`` for what would have to be left out.
    """
    entries = {name: evaluator.attribute(item) for name, item in body.attributes.items()}
    for block in body.blocks:
        if block.type == "dynamic" and block.labels:
            type_, items = block.labels[0], _expanded(block, evaluator)
        elif block.labels and block.type != "provisioner":
            raise _error(f"{block.type} has a label", block)
        else:
            type_, items = block.type, [_node(block.body, evaluator, block)]
        if not isinstance(entries.setdefault(type_, Node("list", [])).value, list):
            raise _error(f"{type_} is an argument too", block)
        listed = entries[type_]
        entries[type_] = Node("list", [*listed.value, *items], block.line, block.column)
    return Node("mapping", entries, place.line, place.column)


def _error(problem: str, block: Block) -> ParseError:
    return place_of(block).error(problem)


def _expanded(block: Block, evaluator: Evaluator) -> list[Node]:
    """Return the bodies that a dynamic block generates. Raises ``ParseError`` if none are known."""
    contents = [*block.body.blocks_of("content")]
    for_each = block.body.attributes.get("for_each")
    node = evaluator.attribute(for_each) if for_each else None
    elements = elements_of(node) if node else None
    if elements is None or len(contents) != 1:
        raise unknown_elements(block.labels[0], node, place_of(block), evaluator.source)
    iterator = block.body.attributes.get("iterator")
    name = evaluator.attribute(iterator).value if iterator else block.labels[0]
    return [
        _node(contents[0].body, evaluator.within({name: pair(key, value)}), contents[0])
        for key, value in elements
    ]


def elements_of(node: Node) -> list[tuple[Node, Node]] | None:
    """Return keys and values of what is iterated over; None if they aren't known."""
    if node.kind == "mapping":
        return [(Node("text", key).at(item), item) for key, item in node.value.items()]
    if isinstance(node.value, SetItems):
        return [(item, item) for item in node.value]
    if node.kind == "list":
        return [(Node("number", str(index)), item) for index, item in enumerate(node.value)]
    return None


def unknown_elements(label: str, over: Node | None, place: Node, source: str) -> ParseError:
    """Return the error that the elements of a dynamic block aren't known."""
    reason = f" with for_each = {over.value}" if over and over.kind == "expression" else ""
    problem = SyntaxProblem(f'dynamic "{label}"{reason}', place.line, place.column)
    return ParseError(
        f"{problem}: its values aren't in this file. Use the output of terraform show -json for"
        " the plan or the state, which has them.",
        [problem],
        source,
    )


def pair(key: Node, value: Node) -> Node:
    """Return an element as ``each`` and the iterators of dynamic blocks have it."""
    return Node("mapping", {"key": key, "value": value})
