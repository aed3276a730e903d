"""What was submitted: the list, and a page and a record for each."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from distui.builder.editor.preview import highlight
from distui.builder.forms.element_ids import field_link
from distui.people.policy import visible_or_404
from distui.submissions.history.filters import FilterForm
from distui.submissions.history.paging import page
from distui.submissions.history.serializers import record, response_of
from distui.submissions.history.table_rows import SubmissionRow
from distui.submissions.history.timeline import status_version, steps, what_next
from distui.submissions.ledger.actions import reopen
from distui.submissions.models import Submission


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Submissions, newest first, as the filters in the address have them."""
    filters = FilterForm.of(request)
    found = filters.narrow(Submission.objects.visible_to(request.user))
    shown = page(found.select_related("submitted_by"), request.GET, moment="submitted_at")
    context = {
        "filters": filters,
        "page": shown,
        "lines": SubmissionRow.of_all(shown.rows),
    }
    return render(request, "submissions/history/history.html", context)


@require_safe
def show_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission. htmx asks for what still changes, and gets it when it has changed."""
    submission = _submission(request, pk)
    context = {
        "submission": submission,
        "steps": steps(submission),
        "next": what_next(submission),
        "version": status_version(submission),
        "answer": _printed(response_of(submission)),
        "request_body": highlight(submission.request),
    }
    if not _is_poll(request):
        return render(request, "submissions/history/show_submission.html", context)
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=204)
    response = render(request, "submissions/history/_status.html", context)
    said = f"{submission.get_state_display()}. {context['next']}"
    return trigger_client_event(response, "announce", {"value": said})


@require_safe
def submission_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The submission's record."""
    pretty = {"indent": 2, "ensure_ascii": False}
    return JsonResponse(record(_submission(request, pk)), json_dumps_params=pretty)


@require_POST
def reopen_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """A rejected submission as a draft again; opens it at the member that AWS named."""
    submission = _submission(request, pk)
    user: Any = request.user  # signed in, or this would not be reached
    draft = reopen(submission=submission, user=user)
    return redirect(
        reverse("builder:edit-draft", args=[draft.pk]) + field_link(submission.error_pointer)
    )


def _submission(request: HttpRequest, pk: int) -> Submission:
    submissions = Submission.objects.select_related("submitted_by", "target")
    related = submissions.prefetch_related("attempts", "reviews__reviewer")
    found: Submission = visible_or_404(related, request.user, pk=pk)
    return found


def _is_poll(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request


def _printed(value: Any) -> str:
    """JSON as coloured HTML, a text as it is, nothing for None."""
    if value is None or isinstance(value, str):
        return value or ""
    return highlight(json.dumps(value, indent=2, ensure_ascii=False))
