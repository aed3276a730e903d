"""A document in the names of another format, and what the format can't express."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from distui.core.formats.names import Names
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and the pointers of the values that it doesn't have.

    ``missing`` are those of values that the format requires and the document doesn't have.
    """

    text: str
    lost: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass
class Renaming:
    """Renames members; ``lost`` fills up with pointers.

    ``unsupported`` are members, by shape and name, that the format doesn't have, besides those that
    the API doesn't.
    """

    names: Names
    unsupported: Collection[tuple[str, str]]
    lost: list[str] = field(default_factory=list)

    def value(self, value: Any, shape: shapes.Shape, path: Path = ()) -> Any:
        """Return the value with the format's names."""
        if isinstance(value, list) and shape.item:
            return [
                self.value(item, shape.item, (*path, index)) for index, item in enumerate(value)
            ]
        if not isinstance(value, dict) or shape.kind != "object":
            return value
        found = {}
        for name, item in value.items():
            member = shape.members.get(name)
            if member is None or (shape.name, name) in self.unsupported:
                self.lost.append(pointer((*path, name)))
            else:
                found[self.names.of(shape.name, name)] = self.value(
                    item, member.shape, (*path, name)
                )
        return found
