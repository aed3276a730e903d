"""From a place in the document to its control on the editor's page."""

from __future__ import annotations

from collections.abc import Collection

from distui.core.caching import cached_by_text
from distui.core.pointers import region_index, tokens
from distui.core.schema import shapes

ANY = "\0"  # in place of a Region's number: whichever. No document holds it


@cached_by_text(maxsize=16384, max_length=500)
def element_id(pointer: str) -> str:
    """The HTML id of the control, or of the group of controls, that edits the member.

    An item of a list of strings leads to the list's one control, a map's key to the map.
    """
    path: list[str] = []
    shape: shapes.Shape | None = shapes.shape()
    for token in tokens(pointer):
        if shape is None or not (shape.members or shape.kind == "array"):
            break
        path.append(token)
        member = shape.members.get(token)
        shape = member.shape if member else shape.item
        if shape and _is_one_control(shape):
            return "id_" + "-".join(path)
    return "-".join(path) or "workspace"


def is_within(place: str, controls: Collection[str]) -> bool:
    """Whether one of those controls has that HTML id, or stands in the group that has it."""
    return place in controls or any(id.startswith(f"id_{place}-") for id in controls)


def field_link(pointer: str, opened: int | None = None) -> str:
    """The address, relative to the editor's page, at which the member can be mended.

    ``opened`` is the Region whose form the page shows already: its members need no new page.
    """
    index = region_index(pointer)
    query = "" if index is None or index == opened else f"?open={index}&check=1"
    return f"{query}#{element_id(pointer)}"


def _is_one_control(shape: shapes.Shape) -> bool:
    if shape.kind == "array":
        return shape.item is not None and not shape.item.members
    return shape.kind not in ("object", "map")
