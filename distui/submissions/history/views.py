"""The history's pages and exports, and each submission's page and record."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from distui.core.text.pluralize import pluralize
from distui.people.policy import visible_or_404
from distui.submissions.history.exports import csv_lines, json_lines
from distui.submissions.history.filters import FilterForm
from distui.submissions.history.pagination import Page, paginate
from distui.submissions.history.serializers import record, records
from distui.submissions.history.table_rows import SubmissionRow
from distui.submissions.models import Submission, SubmissionQuerySet

_MOST_COUNTED = 1000  # counting all of a long history takes longer than showing a page of it


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """List the submissions that match the filters in the URL, newest first."""
    filters = FilterForm.from_request(request)
    visible = Submission.objects.visible_to(request.user)
    matching = filters.apply(visible)
    submissions = matching.select_related("submitted_by")
    page = paginate(submissions, request.GET, visible=visible, order_by=filters.order)
    context = {
        "filters": filters,
        "page": page,
        "rows": SubmissionRow.build_all(page.rows),
        "total": _count(page, matching),
    }
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
def submission_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the submission's record as JSON."""
    pretty = {"indent": 2, "ensure_ascii": False}
    return JsonResponse(record(get_submission(request, pk), request.user), json_dumps_params=pretty)


def _count(page: Page, submissions: SubmissionQuerySet) -> str:
    """Return how many there are, counted up to ``_MOST_COUNTED``. A single page needs no query."""
    count = len(page.rows)
    if page.previous or page.following:
        count = submissions.order_by()[: _MOST_COUNTED + 1].count()
    if count > _MOST_COUNTED:
        return f"More than {_MOST_COUNTED:,} submissions"
    return pluralize(count, "submission")


def get_submission(request: HttpRequest, pk: int) -> Submission:
    """Return the submission with its attempts and reviews, or raise ``Http404``."""
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
