"""What people are told that a place in the document is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.builder.forms.shape_form import ShapeForm
from distui.core.pointers import Path, region_index, tokens


def label_for(pointer: str, form: type[ShapeForm] = RequestForm) -> str:
    """What the forms, from ``form`` on, call the member there, or the list that its row stands in.

    Empty where they know none on the way.
    """
    return ["", *_labels(tokens(pointer), form)][-1]


def label_of_path(path: Path) -> str:
    """What the last token of the path is called: a member by its label, a map's key as it is."""
    above, found = _labels(path[:-1], RequestForm), _labels(path, RequestForm)
    return found[-1] if len(found) > len(above) else str(path[-1])


def _labels(path: Iterable[str | int], form: type[ShapeForm]) -> list[str]:
    """What the forms call the members on the way, as far as they know them."""
    found, inside = [], form
    for token in map(str, path):
        if token.isdigit():
            continue
        meta = inside.Meta
        if token not in meta.fields:
            break
        found.append(meta.labels.get(token, token))
        inside = {**getattr(meta, "one", {}), **getattr(meta, "many", {})}.get(token, ShapeForm)
    return found


def region_label(code: Any, index: int) -> str:
    """What a Region is called where there is room for a word: its code, or its number."""
    return str(code or f"Region {index + 1}")


def location(items: Sequence[Any], pointer: str) -> str:
    """The Region of those and the member that the pointer leads to: ``eu-west-1, AMI name``."""
    index = region_index(pointer)
    if index is None or index >= len(items):
        return label_for(pointer)
    member = label_for(pointer.removeprefix(f"/distributions/{index}"), DistributionForm)
    return ", ".join(filter(None, (region_label(items[index].get("region"), index), member)))
