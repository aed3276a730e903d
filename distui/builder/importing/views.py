"""The import page, and the page that shows what was read before drafts are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.importing.batch import Batch, Candidate, Unreadable
from distui.builder.importing.sources import ImportSource, fit_on_a_page, posted_sources
from distui.builder.links import editor_url
from distui.builder.models import Draft
from distui.builder.rule_context import chosen_target, context_of
from distui.core.document.parse_error import ParseError
from distui.core.numbers import parse_number
from distui.core.text.pluralize import pluralize
from distui.targets.models import Target
from distui.web.requests import AuthedHtmxRequest

_TOO_LARGE = (
    "The files are too large to import together in the browser. Import fewer at a time, or use"
    " manage.py import_draft."
)


@require_http_methods(["GET", "HEAD", "POST"])
def import_draft(request: AuthedHtmxRequest) -> HttpResponse:
    """Create drafts of pasted or uploaded documents, or show why they can't be read.

    Unless there is only a request that is imported as it is, a page shows first what was read. On
    that page the target can be changed.
    """
    targets = [*Target.objects.usable_by(request.user)]
    target = _target(request, targets)
    page: dict[str, Any] = {"targets": targets, "target": target}
    if request.method != "POST":
        return render(request, "builder/importing/import_draft.html", page)
    try:
        sources = posted_sources(request.POST, request.FILES.getlist("file"))
    except ParseError as error:
        return _render_form(request, page, [Unreadable(ImportSource("", b""), error)])
    is_first = "source" not in request.POST
    batch = Batch(
        sources,
        context_of(targets, target.pk if target else None),
        undone=request.POST.getlist("undo"),
        chosen=None if is_first else request.POST.getlist("draft"),
    )
    if not batch.candidates:
        return _render_form(request, page, batch.unreadable)
    if is_first and batch.needs_review and not fit_on_a_page(sources):
        return _render_form(request, page, [Unreadable(sources[0], ParseError(_TOO_LARGE))])
    if (is_first and batch.needs_review) or request.POST.get("op") == "target":
        return render(request, "builder/importing/review_import.html", page | {"batch": batch})
    if not batch.chosen:
        page |= {"batch": batch, "has_errors": True}
        return render(request, "builder/importing/review_import.html", page, status=422)
    return _create(request, batch.chosen, target)


def _target(request: AuthedHtmxRequest, targets: Sequence[Target]) -> Target | None:
    """Return the posted target, before a post the one that the person used last."""
    if "target" in request.POST:
        return chosen_target(targets, parse_number(request.POST["target"]))
    return chosen_target(targets, Draft.objects.last_target_id(request.user))


def _create(
    request: AuthedHtmxRequest, chosen: Sequence[Candidate], target: Target | None
) -> HttpResponse:
    """Create a draft of each and open it, or the list of drafts if there are several."""
    with transaction.atomic():
        drafts = [
            Draft.objects.create(owner=request.user, text=one.imported.text, target=target)
            for one in chosen
        ]
    if len(drafts) == 1:
        return redirect(editor_url(drafts[0].pk, chosen[0].first_region))
    messages.success(request, f"Created {pluralize(len(drafts), 'draft')}.")
    return redirect("home")


def _render_form(
    request: AuthedHtmxRequest, page: dict[str, Any], unreadable: Sequence[Unreadable]
) -> HttpResponse:
    text = request.POST.get("document", "")
    if not text and len(unreadable) == 1:  # of one file, the text can be corrected here
        text = unreadable[0].source.content.decode("utf-8", "replace").replace("\0", "")
    page |= {"text": text, "unreadable": unreadable}
    return render(request, "builder/importing/import_draft.html", page, status=422)
