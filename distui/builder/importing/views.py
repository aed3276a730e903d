"""The import page, and the page that shows what was read before drafts are made of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.importing.batch import Batch, Candidate, Unreadable
from distui.builder.importing.sources import Source, fit_on_a_page, posted_sources
from distui.builder.links import editor_url
from distui.builder.models import Draft
from distui.builder.rule_context import editing_context
from distui.core.document.parse_error import ParseError
from distui.core.text.pluralize import pluralize
from distui.web.requests import AuthedHtmxRequest

_TOO_LARGE = (
    "The files are too large to import together in the browser. Import fewer at a time, or use"
    " manage.py import_draft."
)


@require_http_methods(["GET", "HEAD", "POST"])
def import_draft(request: AuthedHtmxRequest) -> HttpResponse:
    """Create drafts of pasted or uploaded documents, or show why they can't be read.

    Unless there is only a request that is imported as it is, a page shows first what was read.
    """
    if request.method != "POST":
        return render(request, "builder/importing/import_draft.html")
    try:
        sources = posted_sources(request.POST, request.FILES.getlist("file"))
    except ParseError as error:
        return _render_form(request, [Unreadable(Source("", b""), error)])
    context = editing_context(request.user, Draft.objects.last_target_id(request.user))
    batch = Batch(sources, context, request.POST.getlist("undo"))
    if not batch.candidates:
        return _render_form(request, batch.unreadable)
    if "source" not in request.POST and batch.needs_review:
        if not fit_on_a_page(sources):
            return _render_form(request, [Unreadable(sources[0], ParseError(_TOO_LARGE))])
        return render(request, "builder/importing/review_import.html", {"batch": batch})
    keys = request.POST.getlist("draft")
    chosen = [one for one in batch.candidates if batch.is_only or one.key in keys]
    if not chosen:
        page = {"batch": batch, "has_errors": True}
        return render(request, "builder/importing/review_import.html", page, status=422)
    return _create(request, chosen)


def _create(request: AuthedHtmxRequest, chosen: Sequence[Candidate]) -> HttpResponse:
    """Create a draft of each and open it, or the list of drafts if there are several."""
    with transaction.atomic():
        drafts = [Draft.objects.start(request.user, one.imported.text) for one in chosen]
    if len(drafts) == 1:
        return redirect(editor_url(drafts[0].pk, chosen[0].first_region))
    messages.success(request, f"Created {pluralize(len(drafts), 'draft')}.")
    return redirect("home")


def _render_form(request: AuthedHtmxRequest, unreadable: Sequence[Unreadable]) -> HttpResponse:
    text = request.POST.get("document", "")
    if not text and len(unreadable) == 1:  # of one file, the text can be corrected here
        text = unreadable[0].source.content.decode("utf-8", "replace").replace("\0", "")
    page = {"text": text, "unreadable": unreadable}
    return render(request, "builder/importing/import_draft.html", page, status=422)
