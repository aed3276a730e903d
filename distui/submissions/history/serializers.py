"""A submission as JSON: its own page's record and a line of the exported history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from distui.submissions.models import Attempt, Review, Submission, SubmissionQuerySet

Record = dict[str, Any]

_AT_ONCE = 200  # rows read together with their attempts and reviews


def records(submissions: SubmissionQuerySet) -> Iterator[Record]:
    """The records of all in the query's order; memory doesn't grow with their number."""
    related = submissions.select_related("submitted_by").prefetch_related(
        "attempts", "reviews__reviewer"
    )
    return map(record, related.iterator(chunk_size=_AT_ONCE))


def record(submission: Submission) -> Record:
    """All that is known of it: times as ISO 8601 in UTC, None for what there isn't (yet)."""
    reviews = list(submission.reviews.all())
    return {
        "id": submission.pk,
        "state": submission.state,
        "name": submission.name,
        "target": submission.target_name,
        "account": submission.account,
        "region": submission.region,
        "arn": submission.arn or None,
        "requestId": submission.request_id or None,
        "clientToken": submission.client_token,
        "submittedBy": submission.submitted_by.get_username(),
        "submittedAt": _moment(submission.submitted_at),
        "settledAt": _moment(submission.settled_at),
        "request": json.loads(submission.request),
        "response": response_of(submission),
        "error": _error(submission),
        "attempts": [_attempt(attempt) for attempt in submission.attempts.all()],
        "review": _review(reviews[-1]) if reviews else None,
    }


def response_of(submission: Submission) -> Any:
    """AWS's answer as JSON, as a text where it is none, None where there was none."""
    if not submission.response:
        return None
    try:
        return json.loads(submission.response)
    except ValueError:
        return submission.response


def _error(submission: Submission) -> Record | None:
    if not submission.error_code and not submission.error_message:
        return None
    return {
        "code": submission.error_code,
        "message": submission.error_message,
        "pointer": submission.error_pointer,
    }


def _attempt(attempt: Attempt) -> Record:
    return {
        "number": attempt.number,
        "startedAt": _moment(attempt.started_at),
        "endedAt": _moment(attempt.ended_at),
        "outcome": attempt.outcome,
        "status": attempt.status or None,
        "code": attempt.code or None,
        "message": attempt.message or None,
        "requestId": attempt.request_id or None,
    }


def _review(review: Review) -> Record:
    return {
        "verdict": review.verdict,
        "note": review.note,
        "reviewer": review.reviewer.get_username(),
        "at": _moment(review.at),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None
