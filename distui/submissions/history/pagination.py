"""Keyset pagination: every page costs the same.

``OFFSET`` reads the rows it skips, and page numbers need ``count(*)``. Both get slower as the
table grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import QueryDict

from distui.core.numbers import parse_number

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the query strings of the pages before and after them ("" if there is none).

    ``by_time`` says that the newest rows come first.
    """

    rows: list[Any]
    previous: str = ""
    following: str = ""
    by_time: bool = True


def paginate(
    rows: QuerySet[Any],
    parameters: QueryDict,
    *,
    visible: QuerySet[Any],
    order_by: str,
    size: int = PAGE_SIZE,
) -> Page:
    """Return the page before or after the row whose ID is in ``parameters``, else the first page.

    ``rows`` are those of ``visible``, the rows that the user may view, that match the filters.
    ``order_by`` is the field that the rows are ordered by, descending with a ``-`` in front; ties
    are ordered by ID. An ID that is invalid or not visible returns the first page.
    """
    field, backward, forward = order_by.lstrip("-"), "gt", "lt"
    if not order_by.startswith("-"):
        backward, forward = forward, backward
    by_time = order_by.startswith("-") and order_by.endswith("_at")
    if anchor := _find_anchor(visible, parameters.get("after")):
        found = list(_beyond(rows, field, anchor, backward)[: size + 1])
        if len(found) > size:
            return _build_page(found[:size][::-1], parameters, (True, True), by_time=by_time)
    elif anchor := _find_anchor(visible, parameters.get("before")):
        found = list(_beyond(rows, field, anchor, forward)[: size + 1])
        more = (True, len(found) > size)
        return _build_page(found[:size], parameters, more, by_time=by_time)
    if LOOKUP_SEP in field:  # without statistics, SQLite reads the other table's index only so
        rows = rows.filter(**{f"{field}__gte": ""})
    found = list(rows.order_by(order_by, "-id" if order_by != field else "id")[: size + 1])
    return _build_page(found[:size], parameters, (False, len(found) > size), by_time=by_time)


def _find_anchor(visible: QuerySet[Any], text: str | None) -> Model | None:
    """Return the row that the page starts from, or None if ``text`` isn't a visible row's ID.

    The row need not match the filters: its state may have changed since the last page.
    """
    number = parse_number(text)
    return None if number is None else visible.filter(pk=number).first()


def _beyond(rows: QuerySet[Any], field: str, anchor: Model, lookup: str) -> QuerySet[Any]:
    """Return the rows below (``lt``) or above (``gt``) the anchor, nearest first."""
    value = reduce(getattr, field.split(LOOKUP_SEP), anchor)
    beyond = Q(**{f"{field}__{lookup}": value}) | Q(**{field: value, f"id__{lookup}": anchor.pk})
    sign = "-" if lookup == "lt" else ""
    # The bound is implied by the other condition, but only a plain bound lets the index seek.
    bound = {f"{field}__{lookup}e": value}
    return rows.filter(beyond, **bound).order_by(f"{sign}{field}", f"{sign}id")


def _build_page(
    rows: list[Any], parameters: QueryDict, more: tuple[bool, bool], *, by_time: bool
) -> Page:
    """Return the page; ``more`` says if there are rows before and after these."""
    previous, following = more
    return Page(
        rows,
        previous=_query_string(parameters, "after", rows[0].pk) if previous and rows else "",
        following=_query_string(parameters, "before", rows[-1].pk) if following and rows else "",
        by_time=by_time,
    )


def _query_string(parameters: QueryDict, name: str, pk: int) -> str:
    query = parameters.copy()
    for other in ("before", "after"):
        query.pop(other, None)
    query[name] = str(pk)
    return f"?{query.urlencode()}"
