"""A submission as JSON: the record on its page and one line of the exported history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from distui.submissions.ledger.error_messages import message_for
from distui.submissions.models import Attempt, Review, Submission, SubmissionQuerySet

Record = dict[str, Any]

_CHUNK_SIZE = 200  # rows fetched together with their attempts and reviews


def records(submissions: SubmissionQuerySet, user: Any) -> Iterator[Record]:
    """Yield each submission's record for the user, in the queryset's order, in constant memory."""
    related = submissions.select_related("submitted_by").prefetch_related(
        "attempts", "reviews__reviewer"
    )
    return (record(found, user) for found in related.iterator(chunk_size=_CHUNK_SIZE))


def record(submission: Submission, user: Any) -> Record:
    """Return everything that the user may know about a submission. The keys are promised to users.

    Times are ISO 8601 in UTC. Missing values are None.
    """
    reviews = list(submission.reviews.all())
    return {
        "id": submission.pk,
        "state": submission.state,
        "reason": submission.reason,
        "uncertain": submission.uncertain,
        "recovered": submission.recovered,
        "name": submission.name,
        "target": submission.target_name,
        "account": submission.account,
        "region": submission.region,
        "arn": submission.arn or None,
        "requestId": submission.request_id or None,
        "clientToken": submission.client_token,
        "submittedBy": submission.submitted_by.get_username(),
        "submittedAt": _iso_time(submission.submitted_at),
        "settledAt": _iso_time(submission.settled_at),
        "request": json.loads(submission.request),
        "response": parse_response(submission),
        "error": _error_record(submission, user),
        "attempts": [_attempt_record(attempt, user) for attempt in submission.attempts.all()],
        "review": _review_record(reviews[-1]) if reviews else None,
    }


def parse_response(submission: Submission) -> Any:
    """Return AWS's response as JSON, as text if it isn't JSON, or None if there was none."""
    if not submission.response:
        return None
    try:
        return json.loads(submission.response)
    except ValueError:
        return submission.response


def _error_record(submission: Submission, user: Any) -> Record | None:
    if not submission.error_code and not submission.error_message:
        return None
    return {
        "code": submission.error_code,
        "message": message_for(user, submission.error_code, submission.error_message),
        "pointer": submission.error_pointer,
    }


def _attempt_record(attempt: Attempt, user: Any) -> Record:
    return {
        "number": attempt.number,
        "startedAt": _iso_time(attempt.started_at),
        "sentAt": _iso_time(attempt.sent_at),
        "endedAt": _iso_time(attempt.ended_at),
        "outcome": attempt.result,
        "status": attempt.http_status or None,
        "code": attempt.code or None,
        "message": message_for(user, attempt.code, attempt.message) or None,
        "requestId": attempt.request_id or None,
    }


def _review_record(review: Review) -> Record:
    return {
        "verdict": review.decision,
        "note": review.note,
        "reviewer": review.reviewer.get_username(),
        "at": _iso_time(review.created_at),
    }


def _iso_time(time: datetime | None) -> str | None:
    return time.isoformat().replace("+00:00", "Z") if time else None
