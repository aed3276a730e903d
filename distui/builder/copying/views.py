"""The pages on which a Region is copied to others, and a section of it applied to others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.changes.edits import InvalidPointer
from distui.builder.copying.forms import SelectionForm, form_for
from distui.builder.links import copying_url, editor_url
from distui.builder.models import Draft, StaleRevision
from distui.core.reference import world_map
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest

# Tags a message that stands on the open card, where one lands, and not above the page.
AT_CARD = "at-card"


@require_http_methods(["GET", "HEAD", "POST"])
def copy_to_regions(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Choose Regions for what ``?from=`` points to: a Region is copied, a section applied.

    A post does it, or with ``op=choose:<values>`` and ``clear:<values>`` only changes the choice.
    """
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    place, seen = request.GET.get("from", ""), request.POST.get("source")
    try:
        picker = form_for(draft.state, place, seen)
    except InvalidPointer:
        found = {"draft": draft, "seen": seen}
        return render(request, "builder/copying/nothing_to_copy.html", found, status=422)
    if request.method == "POST":
        return _answer(request, draft, picker)
    return _page(request, draft, picker)


def _answer(request: AuthedHtmxRequest, draft: Draft, picker: SelectionForm) -> HttpResponse:
    verb, _, values = request.POST.get("op", "copy").partition(":")
    picker.read(request.POST.getlist("chosen"))
    if verb in ("choose", "clear"):
        picker.change(values.split(","), on=verb == "choose")
        return _page(request, draft, picker, revision=request.POST.get("revision"))
    if request.POST.get("revision") != str(draft.revision):
        return _stale(request, draft, picker)
    if picker.problems:
        return _page(request, draft, picker, status=422)
    state, first = picker.result()
    try:
        draft.save_state(state, revision=draft.revision)
    except StaleRevision:
        return copy_to_regions(request, draft.pk)  # which finds the post late by now
    messages.success(request, picker.message, extra_tags=AT_CARD)
    if picker.leftover:
        messages.warning(request, picker.leftover, extra_tags=AT_CARD)
    return redirect(editor_url(draft.pk, first, f"distributions-{first}"))


def _stale(request: AuthedHtmxRequest, draft: Draft, picker: SelectionForm) -> HttpResponse:
    """The page once more, over the draft as it is by now, with the choice that was made."""
    when = draft.updated_at.strftime("%H:%M:%S UTC")
    again = "What you chose is kept below: look at it once more."
    if not picker.chosen:
        again = "Of what you chose nothing is left to do."
    notice = f"This draft was saved elsewhere at {when}, so nothing was changed. {again}"
    picker.problems = [notice, *(picker.problems if picker.chosen else ())]
    return _page(request, draft, picker, status=409)


def _page(
    request: AuthedHtmxRequest,
    draft: Draft,
    picker: SelectionForm,
    *,
    status: int = 200,
    revision: str | None = None,
) -> HttpResponse:
    index = picker.source.index
    found = {
        "draft": draft,
        "picker": picker,
        "revision": draft.revision if revision is None else revision,
        "action": copying_url(draft.pk, picker.source.pointer),
        "back": editor_url(draft.pk, index, f"distributions-{index}"),
        "pressed": request.POST.get("op", ""),
        "map": {"width": world_map.WIDTH, "height": world_map.HEIGHT},
    }
    return render(request, picker.template, found, status=status)
