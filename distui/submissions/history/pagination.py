"""Keyset pagination, newest first: every page costs the same.

``OFFSET`` reads the rows it skips, and page numbers need ``count(*)``. Both get slower as the
table grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from distui.core.numbers import parse_number

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, newest first, and the query strings of the adjacent pages ("" if there is none)."""

    rows: list[Any]
    newer: str = ""
    older: str = ""


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
    ``order_by`` is the time field that the rows are ordered by; ties are ordered by ID. An ID
    that is invalid or not visible returns the first page.
    """
    if anchor := _find_anchor(visible, parameters.get("after")):
        found = list(_beyond(rows, order_by, anchor, "gt")[: size + 1])
        if len(found) > size:
            return _build_page(found[:size][::-1], parameters, newer=True, older=True)
    elif anchor := _find_anchor(visible, parameters.get("before")):
        found = list(_beyond(rows, order_by, anchor, "lt")[: size + 1])
        return _build_page(found[:size], parameters, newer=True, older=len(found) > size)
    found = list(rows.order_by(f"-{order_by}", "-id")[: size + 1])
    return _build_page(found[:size], parameters, newer=False, older=len(found) > size)


def _find_anchor(visible: QuerySet[Any], text: str | None) -> Model | None:
    """Return the row that the page starts from, or None if ``text`` isn't a visible row's ID.

    The row need not match the filters: its state may have changed since the last page.
    """
    number = parse_number(text)
    return None if number is None else visible.filter(pk=number).first()


def _beyond(rows: QuerySet[Any], field: str, anchor: Model, lookup: str) -> QuerySet[Any]:
    """Return the rows older (``lt``) or newer (``gt``) than the anchor, nearest first."""
    value = getattr(anchor, field)
    beyond = Q(**{f"{field}__{lookup}": value}) | Q(**{field: value, f"id__{lookup}": anchor.pk})
    sign = "-" if lookup == "lt" else ""
    # The bound is implied by the other condition, but only a plain bound lets the index seek.
    bound = {f"{field}__{lookup}e": value}
    return rows.filter(beyond, **bound).order_by(f"{sign}{field}", f"{sign}id")


def _build_page(rows: list[Any], parameters: QueryDict, *, newer: bool, older: bool) -> Page:
    return Page(
        rows,
        newer=_query_string(parameters, "after", rows[0].pk) if newer and rows else "",
        older=_query_string(parameters, "before", rows[-1].pk) if older and rows else "",
    )


def _query_string(parameters: QueryDict, name: str, pk: int) -> str:
    query = parameters.copy()
    for other in ("before", "after"):
        query.pop(other, None)
    query[name] = str(pk)
    return f"?{query.urlencode()}"
