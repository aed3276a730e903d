"""The page of a draft's earlier versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.models import Draft, StaleRevision
from distui.builder.versions.versions import Version, unsaved_versions, version, versions
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
def show_versions(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Earlier versions; a post brings one of them back, as a change that undo takes back.

    Or it gives up what was typed and not saved, which stays in the list and is not told any more.
    """
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method == "POST":
        chosen = version(draft, request.POST.get("version", ""))
        if chosen is None:
            raise Http404
        give_up = "give-up" in request.POST
        return (_give_up if give_up else _bring_back)(request, draft, chosen)
    found = {"draft": draft, "versions": versions(draft), "asides": unsaved_versions(draft)}
    return render(request, "builder/versions/show_versions.html", found)


def _give_up(request: AuthedHtmxRequest, draft: Draft, found: Version) -> HttpResponse:
    if found.aside:
        found.aside.given_up = True
        found.aside.save(update_fields=["given_up"])
        messages.success(request, "Given up. It stays here, and Bring back still brings it back.")
    return redirect("builder:show-versions", draft.pk)


def _bring_back(request: AuthedHtmxRequest, draft: Draft, found: Version) -> HttpResponse:
    try:
        draft.save_state(found.state, revision=draft.revision)
    except StaleRevision:
        messages.warning(request, "The draft was saved elsewhere just now. Choose once more.")
        return redirect("builder:show-versions", draft.pk)
    if found.aside:
        found.aside.delete()
        messages.success(request, "What you typed is saved now. Undo takes it back.")
        return redirect("builder:edit-draft", draft.pk)
    messages.success(request, f"The version of {found.at:%H:%M} UTC is back. Undo takes it back.")
    return redirect("builder:edit-draft", draft.pk)
