"""The page of a draft's versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.changes.diff import diff
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
    """Show the versions, and how ``?from=`` and ``?to=`` differ. A post restores one of them.

    Restoring is a save like any other, so undo takes it back. With ``discard``, unsaved changes
    are discarded; they stay listed.
    """
    draft = visible_or_404(Draft.objects.select_related("edited_by"), request.user, pk=pk)
    if request.method == "POST":
        version = find_version(draft, request.POST.get("version", ""))
        if version is None:
            raise Http404
        return (_discard if "discard" in request.POST else _restore)(request, draft, version)
    saved = saved_versions(draft)
    shown = {"draft": draft, "saved": saved, "unsaved": unsaved_versions(draft)}
    shown |= _compare(saved, request.GET.get("from"), request.GET.get("to"))
    return render(request, "builder/versions/show_versions.html", shown)


def _compare(saved: list[Version], before: str | None, after: str | None) -> dict[str, Any]:
    """Return the two versions and their differences; by default the newest two, not compared."""
    found = {version.key: version for version in saved}
    if before not in found or after not in found:
        return {"before": saved[1:2] and saved[1], "after": saved[0]}
    one, two = found[before], found[after]
    return {
        "before": one,
        "after": two,
        "compared": True,
        "differences": diff(one.state, two.state),
    }


def _discard(request: AuthedHtmxRequest, draft: Draft, version: Version) -> HttpResponse:
    if version.session:
        version.session.dismissed = True
        version.session.save(update_fields=["dismissed"])
        messages.success(request, "Changes discarded. You can still restore them here.")
    return redirect("builder:show-versions", draft.pk)


def _restore(request: AuthedHtmxRequest, draft: Draft, version: Version) -> HttpResponse:
    try:
        draft.save_state(version.state, revision=draft.revision, user=request.user)
    except StaleRevision:
        messages.warning(request, "Not restored: the draft was just changed. Try again.")
        return redirect("builder:show-versions", draft.pk)
    restored = f"Restored version {version.number}."
    if version.session:
        version.session.pending = ""
        version.session.save(update_fields=["pending"])
        restored = f"Saved the changes from {version.at:%H:%M} UTC."
    messages.success(request, restored, extra_tags="undo")
    return redirect("builder:edit-draft", draft.pk)
