"""The first page: one's drafts and latest submissions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from distui.builder.models import Draft
from distui.builder.state.starters import load_starters
from distui.submissions.history.paging import page
from distui.submissions.history.table_rows import DraftRow, SubmissionRow
from distui.submissions.ledger.create import context_for
from distui.submissions.models import Submission
from distui.targets.models import Target

_DRAFTS, _SUBMISSIONS = 20, 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one was working on, and what became of what one submitted."""
    drafts = Draft.objects.visible_to(request.user)
    shown = page(drafts, request.GET, moment="updated_at", size=_DRAFTS)
    own = Submission.objects.filter(submitted_by=request.user.pk).select_related("submitted_by")
    targets = Target.objects.usable_by(request.user)
    context = {
        "page": shown,
        "drafts": DraftRow.of_all(
            shown.rows, context_for(targets[0]) if len(targets) == 1 else None
        ),
        "starters": load_starters().values(),
        "lines": SubmissionRow.of_all(own[:_SUBMISSIONS]),
    }
    return render(request, "submissions/home.html", context)
