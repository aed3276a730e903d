"""The page of a draft's earlier versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.models import Draft, StaleRevision
from distui.builder.versions.versions import (
    Version,
    find_version,
    saved_versions,
    unsaved_versions,
)
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
def show_versions(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Show the earlier versions. A post restores one of them, or discards unsaved changes.

    Restoring is a save like any other, so undo takes it back. Discarded changes stay listed.
    """
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method == "POST":
        version = find_version(draft, request.POST.get("version", ""))
        if version is None:
            raise Http404
        return (_discard if "discard" in request.POST else _restore)(request, draft, version)
    shown = {"draft": draft, "saved": saved_versions(draft), "unsaved": unsaved_versions(draft)}
    return render(request, "builder/versions/show_versions.html", shown)


def _discard(request: AuthedHtmxRequest, draft: Draft, version: Version) -> HttpResponse:
    if version.session:
        version.session.dismissed = True
        version.session.save(update_fields=["dismissed"])
        messages.success(request, "Changes discarded. You can still restore them here.")
    return redirect("builder:show-versions", draft.pk)


def _restore(request: AuthedHtmxRequest, draft: Draft, version: Version) -> HttpResponse:
    try:
        draft.save_state(version.state, revision=draft.revision)
    except StaleRevision:
        messages.warning(request, "Not restored: the draft was just changed. Try again.")
        return redirect("builder:show-versions", draft.pk)
    restored = f"Restored the version from {version.at:%H:%M} UTC."
    if version.session:
        version.session.pending = ""
        version.session.save(update_fields=["pending"])
        restored = f"Saved the changes from {version.at:%H:%M} UTC."
    messages.success(request, restored, extra_tags="undo")
    return redirect("builder:edit-draft", draft.pk)
