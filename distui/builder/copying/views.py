"""The page that adds Regions, copies one to others, or applies something of it to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.copying.forms import form_for
from distui.builder.copying.selection import SelectionForm
from distui.builder.links import copying_url, editor_url
from distui.builder.models import Draft, StaleRevision
from distui.builder.state.errors import InvalidPointer
from distui.core.document.bounds import first_excess
from distui.core.numbers import parse_number
from distui.core.reference import world_map
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
def copy_to_regions(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Select Regions for what ``?from=`` points to.

    A Region is copied, a section or a value applied; to their list, Regions are added. A post does
    it; with ``op=select:<values>`` or ``op=clear:<values>`` it only changes the selection.
    The editor adds what was typed: ``?select=<values>``, and ``?unknown=`` for the rest.
    """
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    pointer, seen = request.GET.get("from", ""), request.POST.get("source")
    opened = parse_number(request.GET.get("open"))
    try:
        form = form_for(draft.state, pointer, seen, opened)
    except InvalidPointer:
        context = {"draft": draft, "seen": seen}
        return render(request, "builder/copying/nothing_to_copy.html", context, status=422)
    if request.method == "POST":
        return _handle_post(request, draft, form)
    form.preselect(filter(None, request.GET.get("select", "").split(",")))
    if unknown := request.GET.get("unknown"):
        form.problems.append(f"Unknown: {unknown}.")
    return _render(request, draft, form)


def _handle_post(request: AuthedHtmxRequest, draft: Draft, form: SelectionForm) -> HttpResponse:
    verb, _, values = request.POST.get("op", "copy").partition(":")
    form.read(request.POST.getlist("selected"))
    if verb in ("select", "clear"):
        (form.select if verb == "select" else form.clear)(values.split(","))
        return _render(request, draft, form, revision=request.POST.get("revision"))
    if request.POST.get("revision") != str(draft.revision):
        return _render_stale(request, draft, form)
    if form.problems:
        return _render(request, draft, form, status=422)
    state = form.result()
    if excess := first_excess(state):
        form.problems = [excess[1]]
        return _render(request, draft, form, status=422)
    try:
        draft.save_state(state, revision=draft.revision, user=request.user)
    except StaleRevision:
        return copy_to_regions(request, draft.pk)  # reads the new revision and answers 409
    messages.success(request, form.message, extra_tags="undo")
    return redirect(editor_url(draft.pk, *form.place(done=True)))


def _render_stale(request: AuthedHtmxRequest, draft: Draft, form: SelectionForm) -> HttpResponse:
    """Show the page for the newest revision, with the selection as far as it still applies."""
    when = draft.updated_at.strftime("%H:%M:%S UTC")
    advice = "Check your selection and try again."
    if not form.selected:
        advice = "Your selection no longer applies."
    problem = f"Edited in another window at {when}. Nothing was changed. {advice}"
    form.problems = [problem, *(form.problems if form.selected else ())]
    return _render(request, draft, form, status=409)


def _render(
    request: AuthedHtmxRequest,
    draft: Draft,
    form: SelectionForm,
    *,
    status: int = 200,
    revision: str | None = None,
) -> HttpResponse:
    context = {
        "draft": draft,
        "form": form,
        "revision": draft.revision if revision is None else revision,
        "action": copying_url(draft.pk, form.pointer, form.opened),
        "back": editor_url(draft.pk, *form.place(done=False)),
        "pressed": request.POST.get("op", ""),
        "map": {"width": world_map.WIDTH, "height": world_map.HEIGHT},
    }
    return render(request, form.template, context, status=status)
