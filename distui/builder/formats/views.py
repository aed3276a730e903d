"""A draft in another format."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from distui.builder.formats.format_tabs import FormatTab, format_or_404, render_format_tab
from distui.builder.models import Draft
from distui.core.document.unresolved import unresolved_findings
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_safe
def show_format(request: AuthedHtmxRequest, pk: int, name: str) -> HttpResponse:
    """Show the draft in a format, or download it."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    missing = [found.pointer for found in unresolved_findings(draft.state, text=draft.text)]
    tab = FormatTab(format_or_404(name), draft.document, draft.body(), missing)
    context = {
        "draft": draft,
        "number": draft.pk,
        "formats_url": reverse("builder:edit-draft", args=[draft.pk]) + "formats/",
        "is_edited": True,
    }
    return render_format_tab(request, tab, "builder/formats/show_format.html", context)
