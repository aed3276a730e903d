"""Look a submission up in AWS to find out whether it was created, after a lost response."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Found, Unknown
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.leases import LEASE
from distui.submissions.ledger.transitions import Transition
from distui.submissions.models import AttemptResult, Submission, SubmissionState

_CLOCK_SKEW = timedelta(minutes=5)


def look_up(
    *, submission: Submission, connection: AwsConnection, sent: bool
) -> Transition | Absent | Unknown:
    """Look for a configuration with the submission's predicted ARN.

    ``sent`` says whether the current attempt has been sent: a configuration created after the
    last send can't be this submission's.

    Returns a transition to CREATED if the configuration is this submission's, to ATTENTION if it
    may be another one, and the gateway's ``Absent`` or ``Unknown`` otherwise.
    """
    found = gateway.find(connection, submission.predicted_arn)
    if not isinstance(found, Found):
        return found
    if mismatch := _mismatch(found, submission, sent):
        return Transition(
            state=SubmissionState.ATTENTION,
            reason=f"{submission.predicted_arn} exists, but {mismatch}.",
        )
    return Transition(
        state=SubmissionState.CREATED,
        arn=submission.predicted_arn,
        reason=(
            "AWS's response was lost, but this ARN exists: its content equals the request, and it"
            f" was created at {_format_time(found.created_at)}, between the first and the last"
            " attempt."
        ),
    )


def _mismatch(found: Found, submission: Submission, sent: bool) -> str:
    """Return why the configuration may not be this submission's, or "" if it is."""
    earliest = first_attempt_at(submission) - _CLOCK_SKEW
    latest = _last_send_ended_at(submission, sent) + _CLOCK_SKEW
    if not earliest <= found.created_at <= latest:
        return f"it was created at {_format_time(found.created_at)}, not when this request was sent"
    document = sent_document(submission)
    if _without_added_empties(found.document, document) != document:
        return "its content differs from the request"
    return ""


def _without_added_empties(document: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    """Return the document without empty members that weren't sent: AWS returns ``tags: {}``."""
    return {
        name: value
        for name, value in document.items()
        if name in sent or value not in (None, "", [], {})
    }


def first_attempt_at(submission: Submission) -> datetime:
    """Return when the first attempt started, or the current time if there was none."""
    first = submission.attempts.order_by("number").first()
    return first.started_at if first else timezone.now()


def _last_send_ended_at(submission: Submission, sent: bool) -> datetime:
    """Return the latest time at which an attempt may have reached AWS."""
    attempts = submission.attempts.exclude(result=AttemptResult.NOT_SENT)
    if not sent:
        attempts = attempts.exclude(result=AttemptResult.UNDER_WAY)
    last = attempts.order_by("-number").first()
    return (last.started_at if last else timezone.now()) + LEASE


def _format_time(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"
