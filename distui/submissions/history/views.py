"""The history's pages and exports, and each submission's page and record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from distui.builder.editor.preview import highlight
from distui.builder.forms.element_ids import field_link
from distui.people.policy import visible_or_404
from distui.submissions.heartbeat import worker_problem
from distui.submissions.history.action_views import offered_actions
from distui.submissions.history.exports import csv_lines, json_lines
from distui.submissions.history.filters import FilterForm
from distui.submissions.history.pagination import paginate
from distui.submissions.history.serializers import parse_response, record, records
from distui.submissions.history.table_rows import SubmissionRow
from distui.submissions.history.timeline import next_step, status_version, timeline_steps
from distui.submissions.ledger.actions import reopen
from distui.submissions.ledger.messages import escape_lines, message_for
from distui.submissions.models import AWAITING_WORKER, Submission, SubmissionQuerySet
from distui.web.htmx import announce


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """List the submissions that match the filters in the URL, newest first."""
    filters = FilterForm.from_request(request)
    visible = Submission.objects.visible_to(request.user)
    submissions = filters.apply(visible).select_related("submitted_by")
    page = paginate(submissions, request.GET, visible=visible, order_by="submitted_at")
    context = {"filters": filters, "page": page, "rows": SubmissionRow.build_all(page.rows)}
    return render(request, "submissions/history/history.html", context)


@require_safe
def export_jsonl(request: HttpRequest) -> StreamingHttpResponse:
    """Download the complete records that match the filters in the URL, as JSON Lines."""
    lines = json_lines(records(_filtered(request), request.user))
    return _download(lines, "application/x-ndjson", "history.jsonl")


@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Download the flat columns of the records that match the filters in the URL, as CSV."""
    lines = csv_lines(records(_filtered(request), request.user))
    return _download(lines, "text/csv; charset=utf-8", "history.csv")


@require_safe
def show_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a submission. An htmx poll gets only the status part, or 204 if it is unchanged."""
    submission = _get_submission(request, pk)
    problem = worker_problem() if submission.state in AWAITING_WORKER else ""
    context = {
        "submission": submission,
        "steps": timeline_steps(submission, request.user),
        "next_step": next_step(submission),
        "worker_problem": problem,
        "error_message": escape_lines(
            message_for(request.user, submission.error_code, submission.error_message)
        ),
        "version": status_version(submission, problem),
        "actions": offered_actions(request.user, submission),
        "response": _highlight_response(parse_response(submission)),
        "request_body": highlight(submission.request),
    }
    if not _is_poll(request):
        return render(request, "submissions/history/show_submission.html", context)
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=204)
    response = render(request, "submissions/history/_status.html", context)
    return announce(response, f"{submission.get_state_display()}. {context['next_step']}")


@require_safe
def submission_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the submission's record as JSON."""
    pretty = {"indent": 2, "ensure_ascii": False}
    return JsonResponse(
        record(_get_submission(request, pk), request.user), json_dumps_params=pretty
    )


@require_POST
def reopen_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a rejected submission as a draft, at the field that AWS rejected."""
    submission = _get_submission(request, pk)
    user: Any = request.user  # sign-in is required on every page
    draft = reopen(submission=submission, user=user)
    return redirect(
        reverse("builder:edit-draft", args=[draft.pk]) + field_link(submission.error_pointer)
    )


def _get_submission(request: HttpRequest, pk: int) -> Submission:
    submissions = Submission.objects.select_related("submitted_by", "target")
    related = submissions.prefetch_related("attempts", "reviews__reviewer")
    submission: Submission = visible_or_404(related, request.user, pk=pk)
    return submission


def _filtered(request: HttpRequest) -> SubmissionQuerySet:
    visible = Submission.objects.visible_to(request.user)
    return FilterForm.from_request(request).apply(visible)


def _download(lines: Iterator[str], content_type: str, filename: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _is_poll(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request


def _highlight_response(response: Any) -> str:
    """Return JSON as highlighted HTML, text with visible control characters, and "" for None."""
    if response is None or isinstance(response, str):
        return escape_lines(response or "")
    return highlight(escape_lines(json.dumps(response, indent=2, ensure_ascii=False)))
