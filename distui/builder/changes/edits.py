"""Changes to a document's structure: add, remove, duplicate and move items, include and exclude."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from distui.builder.state.draft_state import map_rows
from distui.core.pointers import pointer, tokens
from distui.core.schema import shapes

VERBS = ("add", "remove", "duplicate", "move-up", "move-down", "include", "exclude")


class InvalidPointer(ValueError):
    """The edit names a verb or a place that this document does not have."""

    said = "That button belongs to a place this draft no longer has."


@dataclass(frozen=True, slots=True)
class Edit:
    """A verb of ``VERBS`` and the JSON Pointer that it acts on.

    ``add`` acts on a list or map, and what it adds comes last, as does what ``duplicate`` makes:
    all others keep their places. A row of a map is named by its number, ``/tags/0``, since two
    rows may bear the same key while they are being written.
    """

    verb: str
    pointer: str

    @classmethod
    def parse(cls, text: str) -> Edit:
        """Read ``verb:pointer``. Raises ``InvalidPointer``."""
        verb, _, place = text.partition(":")
        if verb not in VERBS or not place.startswith("/"):
            raise InvalidPointer(text)
        return cls(verb, place)

    def apply(self, document: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The document after the edit, and the pointer where a person goes on from there.

        The given document stays as it is. Raises ``InvalidPointer``.
        """
        edited = dict(document)
        *above, last = tokens(self.pointer)
        container, shape = _descend(edited, above)
        if self.verb in ("add", "include", "exclude"):
            return edited, _change_member(self.verb, container, shape, last, self.pointer)
        index = _index(container, last)
        focus = _change_item(self.verb, container, index)
        return edited, pointer((*above, focus)) if container else pointer(above)

    def order(self, count: int) -> list[int]:
        """Where the items of a list of that length, named by their old places, stand afterwards."""
        places = list(range(count))
        if self.verb not in ("add", "include", "exclude"):
            _change_item(self.verb, places, _index(places, tokens(self.pointer)[-1]))
        return places


def _descend(edited: Any, path: list[str]) -> tuple[Any, shapes.Shape]:
    """The container at the path and its shape, all on the way being copies; a map becomes rows."""
    value, shape = edited, shapes.shape()
    for token in path:
        key: Any = token
        if isinstance(value, list) and shape.item:
            key, shape = _index(value, token), shape.item
        elif isinstance(value, dict) and token in value and token in shape.members:
            shape = shape.members[token].shape
        else:
            raise InvalidPointer(pointer(path))
        inner = value[key]
        value[key] = map_rows(inner) if shape.kind == "map" else copy.copy(inner)
        value = value[key]
    return value, shape


def _change_member(verb: str, container: Any, shape: shapes.Shape, name: str, place: str) -> str:
    if not isinstance(container, dict) or name not in shape.members:
        raise InvalidPointer(place)
    member = shape.members[name].shape
    match verb, member.kind:
        case "include", "object":
            container.setdefault(name, _blank(member))
        case "exclude", "object":
            container.pop(name, None)
        case "add", "map":
            rows = map_rows(container.get(name, {}))
            container[name] = [*rows, ("", "")]
            return f"{place}/{len(rows)}"
        case "add", "array" if member.item and member.item.kind == "object":
            items = container.get(name, [])
            container[name] = [*items, _blank(member.item)]
            return f"{place}/{len(items)}"
        case _:
            raise InvalidPointer(place)
    return place


def _change_item(verb: str, items: list[Any], index: int) -> int:
    """Change the list in place; the index of the item that the person goes on with."""
    match verb:
        case "duplicate":
            items.append(copy.deepcopy(items[index]))
            return len(items) - 1
        case "move-up" if index > 0:
            items.insert(index - 1, items.pop(index))
            return index - 1
        case "move-down" if index < len(items) - 1:
            items.insert(index + 1, items.pop(index))
            return index + 1
        case "remove":
            del items[index]
            return min(index, len(items) - 1)
    return index


def _blank(shape: shapes.Shape) -> dict[str, Any]:
    """A structure with nothing in it but the structures that it can't be without."""
    return {
        name: _blank(member.shape)
        for name, member in shape.members.items()
        if member.required and member.shape.kind == "object"
    }


def _index(container: Any, token: str) -> int:
    if isinstance(container, list) and token.isascii() and token.isdigit() and len(token) < 6:
        index = int(token)
        if index < len(container):
            return index
    raise InvalidPointer(token)
