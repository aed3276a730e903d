"""Pages, newest first, each found by where the one before ended, so that all cost the same.

``OFFSET`` reads what it skips and a page's number needs ``count(*)``: both grow with the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, newest first, and the query strings of the pages beside; empty where there is none."""

    rows: list[Any]
    newer: str = ""
    older: str = ""


def page(rows: QuerySet[Any], parameters: QueryDict, *, moment: str, size: int = SIZE) -> Page:
    """The page that the parameters ``before`` or ``after`` (a row's id) name, else the first one.

    ``moment`` is the field that the rows are ordered by, their id deciding between equals. What is
    no row's id leads to the first page.
    """
    if anchor := _anchor(rows.model, parameters.get("after")):
        found = list(_beside(rows, moment, anchor, "gt")[: size + 1])
        if len(found) > size:
            return _page(found[:size][::-1], parameters, newer=True, older=True)
    elif anchor := _anchor(rows.model, parameters.get("before")):
        found = list(_beside(rows, moment, anchor, "lt")[: size + 1])
        return _page(found[:size], parameters, newer=True, older=len(found) > size)
    found = list(rows.order_by(f"-{moment}", "-id")[: size + 1])
    return _page(found[:size], parameters, newer=False, older=len(found) > size)


def _anchor(model: type[Model], text: str | None) -> Model | None:
    """The row at which a page ends, if the text is the id of one."""
    if not (text and text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return model._default_manager.filter(pk=int(text)).first()


def _beside(rows: QuerySet[Any], moment: str, anchor: Model, side: str) -> QuerySet[Any]:
    """The rows older (``lt``) or newer (``gt``) than the anchor, the nearest first.

    The bound on the moment alone follows from the other: it lets the index find the place.
    """
    at = getattr(anchor, moment)
    past = Q(**{f"{moment}__{side}": at}) | Q(**{moment: at, f"id__{side}": anchor.pk})
    order = ("-" if side == "lt" else "") + "{}"
    return rows.filter(past, **{f"{moment}__{side}e": at}).order_by(
        order.format(moment), order.format("id")
    )


def _page(rows: list[Any], parameters: QueryDict, *, newer: bool, older: bool) -> Page:
    return Page(
        rows,
        newer=_query(parameters, "after", rows[0].pk) if newer and rows else "",
        older=_query(parameters, "before", rows[-1].pk) if older and rows else "",
    )


def _query(parameters: QueryDict, name: str, pk: int) -> str:
    kept = parameters.copy()
    for other in ("before", "after"):
        kept.pop(other, None)
    kept[name] = str(pk)
    return f"?{kept.urlencode()}"
