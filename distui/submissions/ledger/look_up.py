"""Finding out by looking whether a submission was created, where its answer was lost."""

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

_CLOCKS_DIFFER = timedelta(minutes=5)


def look_up(
    *, submission: Submission, access: AwsConnection, sent: bool
) -> Transition | Absent | Unknown:
    """What stands under the ARN that the submission gets.

    ``sent`` says whether the attempt under way has been sent: what was created after the last
    send can't be ours.

    Its own configuration settles it as created, the record saying how that was proved; anything
    else there is for a person to judge. ``Absent`` and ``Unknown`` are the gateway's.
    """
    found = gateway.find(access, submission.predicted_arn)
    if not isinstance(found, Found):
        return found
    if why_not := _foreign(found, submission, sent):
        return Transition(
            state=SubmissionState.ATTENTION,
            reason=f"A configuration stands under {submission.predicted_arn}, but {why_not}.",
        )
    return Transition(
        state=SubmissionState.CREATED,
        arn=submission.predicted_arn,
        reason=(
            "AWS's answer was lost. It was proved by looking: the configuration under this ARN"
            f" equals what was sent in every member and was created at {_moment(found.created_at)},"
            " between the first and the last attempt to send it."
        ),
    )


def _foreign(found: Found, submission: Submission, sent: bool) -> str:
    """Why it may not be ours, "" where it is."""
    earliest = first_attempt_at(submission) - _CLOCKS_DIFFER
    latest = _last_send_over_at(submission, sent) + _CLOCKS_DIFFER
    if not earliest <= found.created_at <= latest:
        return f"it was created at {_moment(found.created_at)}, not when this was sent"
    document = sent_document(submission)
    if _bare(found.document, document) != document:
        return "it differs from what was sent"
    return ""


def _bare(document: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    """The document without empty members that weren't sent: AWS answers ``tags`` as ``{}``."""
    return {
        name: value
        for name, value in document.items()
        if name in sent or value not in (None, "", [], {})
    }


def first_attempt_at(submission: Submission) -> datetime:
    """When the first attempt to send it began; now, where there was none."""
    first = submission.attempts.order_by("number").first()
    return first.started_at if first else timezone.now()


def _last_send_over_at(submission: Submission, sent: bool) -> datetime:
    """When the last attempt that may have reached AWS was over at the latest."""
    attempts = submission.attempts.exclude(outcome=AttemptResult.NOT_SENT)
    if not sent:
        attempts = attempts.exclude(outcome=AttemptResult.UNDER_WAY)
    last = attempts.order_by("-number").first()
    return (last.started_at if last else timezone.now()) + LEASE


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
