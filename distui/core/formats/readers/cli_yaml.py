"""YAML of the AWS CLI: input of ``--cli-input-yaml``, skeletons, and output of Get.

Members have the API's names. Every scalar is text as written if the API has text there.
"""

from __future__ import annotations

from dataclasses import replace

from distui.core.formats.conversion import Conversion
from distui.core.formats.names import API
from distui.core.formats.readers.api_json import CONFIGURATION, configuration_in
from distui.core.formats.reading import Reading
from distui.core.formats.syntax.nodes import Node, mapping

KIND = "yaml"


def read(node: Node) -> Reading:
    """Return the configuration in a document."""
    notices: tuple[str, ...] = ()
    if node.get(CONFIGURATION).kind == "mapping":
        node = node.get(CONFIGURATION)
    if "region" in node.entries() and "distributions" not in node.entries():
        node = Node("list", [node]).at(node)
    if node.kind == "list":
        node = mapping({"distributions": node}, node)
        notices = ("Read as the list of distributions. Enter a name.",)
    reading = Conversion(API).reading(node, KIND, ignored=())
    found = configuration_in(reading.document)
    return replace(reading, document=found.document, notices=(*notices, *found.notices))
