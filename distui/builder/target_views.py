"""Search all targets, and choose one for a draft."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.models import Draft
from distui.core.numbers import parse_number
from distui.people.policy import visible_or_404
from distui.targets.models import Target
from distui.web.requests import AuthedHtmxRequest

_SHOWN = 50
_LONGEST = 200  # characters of a search


@require_http_methods(["GET", "HEAD", "POST"])
def choose_target(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Show the targets that match ``q``. A post chooses one and returns to where it came from.

    Each word has to be in the name, the account or the Region. ``?next=review`` returns to the
    review, else to the editor.
    """
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    targets = Target.objects.usable_by(request.user)
    wanted = parse_number(request.POST.get("target"))
    if request.method == "POST" and targets.filter(pk=wanted or 0).exists():
        draft.choose_target(str(wanted), request.user)
        to_review = request.GET.get("next") == "review"
        return redirect("submissions:review-draft" if to_review else "builder:edit-draft", pk)
    q = request.GET.get("q", "")[:_LONGEST].strip()
    for word in q.split():
        targets = targets.filter(
            Q(name__icontains=word) | Q(account__icontains=word) | Q(region__icontains=word)
        )
    found = [*targets]
    context = {"draft": draft, "q": q, "targets": found[:_SHOWN], "count": len(found)}
    context["refused"] = request.method == "POST"
    status = 422 if request.method == "POST" else 200
    return render(request, "builder/drafts/choose_target.html", context, status=status)
