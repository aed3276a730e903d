"""Where the API has each member."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from distui.core.schema import shapes
from distui.core.text.spelling import letters

Home = tuple[str, ...]  # member names; "*" for the items of a list


def homes_of(name: str) -> frozenset[Home]:
    """Return where the API has a member with that name, in any case and with any separators."""
    return _homes().get(letters(name), frozenset())


@cache
def _homes() -> Mapping[str, frozenset[Home]]:
    found: dict[str, set[Home]] = {}

    def walk(shape: shapes.Shape, path: Home) -> None:
        for name, member in shape.members.items():
            found.setdefault(letters(name), set()).add((*path, name))
            inner, below = member.shape, (*path, name)
            while inner.item:
                inner, below = inner.item, (*below, "*")
            walk(inner, below)

    walk(shapes.shape(), ())
    return MappingProxyType({name: frozenset(homes) for name, homes in found.items()})
