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


_MEMBERS = ("distributions", CONFIGURATION)  # of a request, of a response


def read(node: Node) -> list[Reading]:
    """Return the configurations in a document: a list of requests or of responses has several."""
    several = node.items()
    if several and all(any(name in item.entries() for name in _MEMBERS) for item in several):
        return [_reading(item) for item in several]
    return [_reading(node)]


def _reading(node: Node) -> Reading:
    notices: tuple[str, ...] = ()
    frames = [frame.get(CONFIGURATION) for frame in (node, node.get("image"))]
    answered = next((one for one in frames if one.kind == "mapping"), None)
    node = answered or node
    if "region" in node.entries() and "distributions" not in node.entries():
        node = Node("list", [node]).at(node)
    if node.kind == "list":
        node = mapping({"distributions": node}, node)
        notices = ("Read as the list of distributions. Enter a name.",)
    reading = Conversion(API).reading(node, KIND, ignored=())
    found = configuration_in({CONFIGURATION: reading.document} if answered else reading.document)
    return replace(reading, document=found.document, notices=(*notices, *found.notices))
