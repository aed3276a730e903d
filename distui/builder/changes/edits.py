"""Edits of a document's structure: add, remove, duplicate and move items, include and exclude."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from distui.builder.state.draft_state import map_rows
from distui.builder.state.errors import InvalidPointer
from distui.core.numbers import parse_number
from distui.core.pointers import pointer, tokens
from distui.core.schema import shapes

VERBS = ("add", "remove", "duplicate", "move-up", "move-down", "include", "exclude")
_MEMBER_VERBS = ("add", "include", "exclude")


@dataclass(frozen=True, slots=True)
class Edit:
    """A verb of ``VERBS`` and the JSON Pointer that it acts on.

    ``add`` acts on a list or map. New items of ``add`` and ``duplicate`` come last, so that all
    other items keep their indexes. A row of a map is named by its number, ``/tags/0``: two rows
    may have the same key while they are being typed.
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
        """Return the edited document and the pointer that should get the focus.

        The given document does not change. Raises ``InvalidPointer``.
        """
        edited = dict(document)
        *parents, last = tokens(self.pointer)
        container, shape = _copy_down_to(edited, parents)
        if self.verb in _MEMBER_VERBS:
            return edited, _edit_member(self.verb, container, shape, last, self.pointer)
        focus = _edit_item(self.verb, container, _index(container, last))
        return edited, pointer((*parents, focus)) if container else pointer(parents)

    def order(self, count: int) -> list[int]:
        """Return the old indexes of the items of a list of that length, in their new order."""
        indexes = list(range(count))
        if self.verb not in _MEMBER_VERBS:
            _edit_item(self.verb, indexes, _index(indexes, tokens(self.pointer)[-1]))
        return indexes


def _copy_down_to(edited: Any, path: list[str]) -> tuple[Any, shapes.Shape]:
    """Replace everything on the path by a copy; return the innermost container and its shape.

    A map becomes rows.
    """
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


def _edit_member(
    verb: str, container: Any, shape: shapes.Shape, name: str, member_pointer: str
) -> str:
    """Edit the container in place and return the pointer that should get the focus."""
    if not isinstance(container, dict) or name not in shape.members:
        raise InvalidPointer(member_pointer)
    member = shape.members[name].shape
    match verb, member.kind:
        case "include", "object":
            if not isinstance(container.get(name), dict):
                container[name] = _blank(member)
        case "exclude", "object":
            container.pop(name, None)
        case "add", "map":
            rows = map_rows(container.get(name, {}))
            container[name] = [*rows, ("", "")]
            return f"{member_pointer}/{len(rows)}"
        case "add", "array" if member.item and member.item.kind == "object":
            items = container[name] if isinstance(container.get(name), list) else []
            container[name] = [*items, _blank(member.item)]
            return f"{member_pointer}/{len(items)}"
        case _:
            raise InvalidPointer(member_pointer)
    return member_pointer


def _edit_item(verb: str, items: list[Any], index: int) -> int:
    """Edit the list in place and return the index of the item that should get the focus."""
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
    """Return a structure that has only its required structures."""
    return {
        name: _blank(member.shape)
        for name, member in shape.members.items()
        if member.required and member.shape.kind == "object"
    }


def _index(container: Any, token: str) -> int:
    index = parse_number(token)
    if not isinstance(container, list) or index is None or index >= len(container):
        raise InvalidPointer(token)
    return index
