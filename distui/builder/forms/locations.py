"""Labels of places in the document, for messages that are not shown beside their control."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.builder.forms.shape_form import ShapeForm
from distui.core.pointers import Path, region_index, tokens

_INDEX = re.compile("/[0-9]+(?=/|$)", re.ASCII)


def label_for(pointer: str, form: type[ShapeForm] = RequestForm) -> str:
    """Return the label of the innermost member on the way to the pointer, relative to ``form``.

    Return ``""`` if the form knows no member on the way.
    """
    return ["", *_labels(tokens(pointer), form)][-1]


def item_label_for(pointer: str) -> str:
    """Return the label of the row at the pointer, without its number: ``Launch template``."""
    *_, (meta, name) = _known_members(tokens(pointer), RequestForm)
    return str(getattr(meta, "item_labels", {}).get(name, meta.labels.get(name, name)))


def label_of_path(path: Path) -> str:
    """Return the label of the path's last token: that of a member, or a map's key as it is."""
    parents, found = _labels(path[:-1], RequestForm), _labels(path, RequestForm)
    return found[-1] if len(found) > len(parents) else str(path[-1])


def _labels(path: Iterable[str | int], form: type[ShapeForm]) -> list[str]:
    return [str(meta.labels.get(name, name)) for meta, name in _known_members(path, form)]


def _known_members(
    path: Iterable[str | int], form: type[ShapeForm]
) -> Iterator[tuple[type[ShapeForm.Meta], str]]:
    """Yield each member on the path and the ``Meta`` that declares it, up to an unknown one."""
    for token in map(str, path):
        if token.isdigit():
            continue
        meta = form.Meta
        if token not in meta.fields:
            return
        yield meta, token
        form = {**getattr(meta, "one", {}), **getattr(meta, "many", {})}.get(token, ShapeForm)


def region_label(code: Any, index: int) -> str:
    """Return a short name of a Region: its code, or its number if it has none."""
    return str(code or f"Region {index + 1}")


def location(items: Sequence[Any], pointer: str) -> str:
    """Return the Region and the member that the pointer leads to: ``eu-west-1, AMI name``.

    ``items`` are the document's distributions.
    """
    index, member = region_index(pointer), field_label(pointer)
    if index is None or index >= len(items):
        return label_for(pointer)
    return ", ".join(filter(None, (region_label(items[index].get("region"), index), member)))


@lru_cache(maxsize=4096)
def field_label(pointer: str) -> str:
    """Return the label of the member that the pointer leads to, ``""`` for a Region as a whole."""
    return _field_label(_INDEX.sub("/0", pointer))


@lru_cache(maxsize=1024)
def _field_label(pointer: str) -> str:
    in_region = pointer.removeprefix("/distributions/0")
    return label_for(in_region, RequestForm if in_region == pointer else DistributionForm)
