"""The home page: the user's drafts and recent submissions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from distui.builder.models import Draft
from distui.builder.rule_context import target_context
from distui.builder.state.starters import load_starters
from distui.people.policy import has_perm
from distui.submissions.history.draft_filter import DraftFilter
from distui.submissions.history.pagination import paginate
from distui.submissions.history.table_rows import DraftRow, SubmissionRow
from distui.submissions.models import Submission
from distui.targets.models import Target

_DRAFTS, _SUBMISSIONS = 20, 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the user's drafts and recent submissions, or the starters if there are no drafts."""
    visible = Draft.objects.visible_to(request.user).listed()
    drafts = DraftFilter(request.GET)
    page = paginate(
        drafts.apply(visible).select_related("owner", "edited_by").prefetch_related("editors"),
        request.GET,
        visible=visible,
        order_by=drafts.order,
        size=_DRAFTS,
    )
    targets = Target.objects.usable_by(request.user)
    rule_context = target_context(targets[0]) if len(targets) == 1 else None
    submissions = Submission.objects.filter(submitted_by=request.user.pk)
    recent = submissions.select_related("submitted_by")[:_SUBMISSIONS]
    context = {
        "page": page,
        "filter": drafts,
        "drafts": DraftRow.build_all(page.rows, request.user, rule_context),
        "is_reviewer": has_perm(request.user, "view all"),
        "has_sandbox": any(target.kind == Target.Kind.SANDBOX for target in targets),
        "starters": load_starters().values(),
        "submissions": SubmissionRow.build_all(recent),
    }
    return render(request, "submissions/home.html", context)
