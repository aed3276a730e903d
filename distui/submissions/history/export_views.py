"""The history as files to download: all that the address's filters let through, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from distui.submissions.history.exports import csv_lines, json_lines
from distui.submissions.history.filters import FilterForm
from distui.submissions.history.serializers import Record, records
from distui.submissions.models import Submission


@require_safe
def export_jsonl(request: HttpRequest) -> StreamingHttpResponse:
    """Every record with all that is known of it, a JSON object a line."""
    return _download(json_lines(_records(request)), "application/x-ndjson", "history.jsonl")


@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The records' plain columns for a spreadsheet."""
    return _download(csv_lines(_records(request)), "text/csv; charset=utf-8", "history.csv")


def _records(request: HttpRequest) -> Iterator[Record]:
    return records(FilterForm.of(request).narrow(Submission.objects.visible_to(request.user)))


def _download(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
