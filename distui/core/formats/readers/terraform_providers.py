"""Tags that providers of Terraform add to their resources: ``default_tags``.

Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from distui.core.formats.reading import Reading, with_place
from distui.core.formats.syntax.hcl_expressions import Evaluator
from distui.core.formats.syntax.hcl_json import entries_of
from distui.core.formats.syntax.hcl_text import Block, Body
from distui.core.formats.syntax.nodes import Node, place_of

_NAME = "default_tags"
DefaultTags = dict[str, Node]  # their places, by ``aws`` or, with an alias, ``aws.west``


def default_tags_of_file(body: Body, evaluator: Evaluator) -> DefaultTags:
    """Return the places of default tags in HCL."""
    found = {}
    for provider in body.blocks_of("provider"):
        alias = provider.body.attributes.get("alias")
        for block in filter(_is_default_tags, provider.body.blocks):
            name = evaluator.attribute(alias).text if alias else ""
            found[_address("".join(provider.labels), name)] = place_of(block)
    return found


def _is_default_tags(block: Block) -> bool:
    return block.type == _NAME or (block.type == "dynamic" and block.labels == (_NAME,))


def default_tags_of_json(root: Node) -> DefaultTags:
    """Return the places of default tags in the JSON syntax."""
    return {
        _address(label, provider.get("alias").text): block.entries()[_NAME]
        for label, providers in entries_of(root.get("provider"))
        for provider in providers.items() or [providers]
        for block in (provider, *provider.get("dynamic").items(), provider.get("dynamic"))
        if _NAME in block.entries()
    }


def _address(label: str, alias: str) -> str:
    return f"{label}.{alias}" if alias else label


def with_default_tags(
    readings: Iterator[Reading], type_: str, provider: Node, found: DefaultTags
) -> Iterator[Reading]:
    """Yield the readings of a resource with a notice of the tags that its provider adds.

    ``provider`` is the value of the resource's argument.
    """
    name = provider.text.partition("[")[0] or type_.partition("_")[0]
    for reading in readings:
        where = f"{_NAME} of provider {name}"
        yield _noted(reading, where, found[name]) if name in found else reading


def with_added_tags(reading: Reading, values: Node) -> Reading:
    """Return the reading of a plan's or a state's resource with a notice of its default tags."""
    added = values.get("tags_all").entries().keys() - values.get("tags").entries().keys()
    where = f"{', '.join(sorted(added))} of tags_all"
    return _noted(reading, where, values.get("tags_all")) if added else reading


def _noted(reading: Reading, what: str, place: Node) -> Reading:
    notice = f"Not read: {with_place(what, place)}, which Terraform adds to the tags."
    return replace(reading, notices=(notice, *reading.notices))
