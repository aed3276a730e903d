"""HTML ids and links: from a JSON Pointer to the control on the editor's page that edits it."""

from __future__ import annotations

from collections.abc import Collection

from distui.core.caching import cached_by_text
from distui.core.pointers import region_index, tokens
from distui.core.schema import shapes


@cached_by_text(maxsize=16384, max_length=500)
def element_id(pointer: str) -> str:
    """Return the HTML id of the control, or of the group of controls, that edits the member.

    An item of a list of strings maps to the control of the list, a key of a map to the map, an
    unknown member to the structure around it.
    """
    path: list[str] = []
    shape: shapes.Shape | None = shapes.shape()
    for token in tokens(pointer):
        if shape is None or not (token in shape.members or shape.kind == "array"):
            break
        path.append(token)
        member = shape.members.get(token)
        shape = member.shape if member else shape.item
        if shape and has_one_control(shape):
            return "id_" + "-".join(path)
    return "-".join(path) or ("general" if pointer else "workspace")


def is_within(html_id: str, controls: Collection[str]) -> bool:
    """Return True if the id is that of one of the controls, or of a group that contains one."""
    return html_id in controls or any(id.startswith(f"id_{html_id}-") for id in controls)


def field_link(pointer: str, open_index: int | None = None) -> str:
    """Return the URL of the member's control, relative to the editor's page.

    ``open_index`` is the Region that the page shows already: a link into it needs no new page.
    """
    index = region_index(pointer)
    query = "" if index is None or index == open_index else f"?open={index}&check=1"
    return f"{query}#{element_id(pointer)}"


def has_one_control(shape: shapes.Shape) -> bool:
    """Return True for a scalar and a list of scalars."""
    if shape.kind == "array":
        return shape.item is not None and not shape.item.members
    return shape.kind not in ("object", "map")
