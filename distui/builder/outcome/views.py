"""What will exist after a build, as a picture and as a table."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from distui.builder.models import Draft
from distui.builder.outcome.summary import sentence
from distui.builder.outcome.table import region_rows
from distui.builder.outcome.tree import tree_pages
from distui.core.forecast import forecast
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_safe
def show_outcome(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Every AMI, image and change that the draft leads to, as if it were built now."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    moment = timezone.now()
    found = forecast(draft.document, moment)
    amis = [part.ami for part in found.regions if part.ami]
    context = {
        "draft": draft,
        "moment": moment,
        "sentence": sentence(found.totals),
        "sheets": tree_pages(found),
        "groups": region_rows(found),
        "copied": any(part.copies for part in found.regions),
        "encrypted": any(ami.key for ami in amis),
        "errors": len(draft.analyze().findings.errors),
    }
    return render(request, "builder/outcome/show_outcome.html", context)
