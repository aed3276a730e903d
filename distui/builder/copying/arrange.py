"""The page that sorts the Regions of a draft, or removes several of them at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.copying.selection import named_regions
from distui.builder.copying.source import region_code
from distui.builder.forms.locations import region_label
from distui.builder.links import editor_url
from distui.builder.models import Draft, StaleRevision
from distui.builder.state import summaries
from distui.core.numbers import parse_number
from distui.core.reference import regions
from distui.core.text.pluralize import pluralize
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest

SORTED_BY = {"sort-code": "code", "sort-name": "name"}


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A Region in the list, and what goes to it."""

    index: int
    code: str
    labels: tuple[str, ...]

    @property
    def value(self) -> str:
        """Return the value that its checkbox posts: ``2:us-east-1``."""
        return f"{self.index}:{self.code}"

    @property
    def name(self) -> str:
        """Return the Region's name, or its number if it has none."""
        return regions.names().get(self.code, "") or f"Region {self.index + 1}"


@require_http_methods(["GET", "HEAD", "POST"])
def arrange_regions(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """List the Regions. A post removes the selected ones, or sorts all; each is one undo step."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method != "POST":
        return _render(request, draft)
    if request.POST.get("revision") != str(draft.revision):
        return _render_stale(request, draft)
    operation, rows = request.POST.get("op", ""), _rows(draft)
    selected = [row for row in rows if row.value in request.POST.getlist("selected")]
    if operation in SORTED_BY:
        rows.sort(key=lambda row: getattr(row, SORTED_BY[operation]))
        message = f"Sorted {pluralize(len(rows), 'Region')} by {SORTED_BY[operation]}."
    elif not selected:
        return _render(request, draft, problem="Select at least one Region.", status=422)
    else:
        rows = [row for row in rows if row not in selected]
        labels = [region_label(row.code, row.index) for row in selected]
        message = f"Removed {named_regions(labels)}."
    return _save(request, draft, [row.index for row in rows], message)


def _save(request: AuthedHtmxRequest, draft: Draft, order: list[int], message: str) -> HttpResponse:
    """Save the Regions of these indexes in this order; the open one stays open."""
    items = draft.state.get("distributions", ())
    state = draft.state | {"distributions": [items[index] for index in order]}
    try:
        draft.save_state(state, revision=draft.revision)
    except StaleRevision:
        draft.refresh_from_db()
        return _render_stale(request, draft)
    if order == [*range(len(items))]:
        messages.info(request, "The Regions are already in this order.")
    else:
        messages.success(request, message, extra_tags="undo")
    opened = parse_number(request.GET.get("open"))
    return redirect(editor_url(draft.pk, _position(opened, order), "distributions"))


def _position(index: int | None, order: list[int]) -> int | None:
    return order.index(index) if index in order else None


def _rows(draft: Draft) -> list[RegionRow]:
    return [
        RegionRow(index, region_code(item), summaries.summary_labels(item))
        for index, item in enumerate(draft.document.get("distributions", ()))
    ]


def _render_stale(request: AuthedHtmxRequest, draft: Draft) -> HttpResponse:
    problem = "Edited in another window. Nothing was changed. Check your selection and try again."
    return _render(request, draft, problem=problem, status=409)


def _render(
    request: AuthedHtmxRequest, draft: Draft, *, problem: str = "", status: int = 200
) -> HttpResponse:
    opened = parse_number(request.GET.get("open"))
    context = {
        "draft": draft,
        "rows": _rows(draft),
        "selected": request.POST.getlist("selected"),
        "problems": [problem] if problem else [],
        "back": editor_url(draft.pk, opened, "distributions"),
    }
    return render(request, "builder/copying/arrange_regions.html", context, status=status)
