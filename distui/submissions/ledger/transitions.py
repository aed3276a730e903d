"""Record an attempt's result and its submission's next state, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from distui.aws import results
from distui.builder.models import Draft
from distui.core.pointers import value_at
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.error_messages import author_message, escape_lines
from distui.submissions.models import (
    SETTLED,
    Attempt,
    AttemptResult,
    Submission,
    SubmissionState,
)

_MAX_MESSAGE = 2_000  # characters
_MAX_CODE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A submission's next state and the sentence that explains it.

    ``uncertain`` can set the submission's own, but never resets it. ``next_attempt_at``,
    ``look_up_only`` and ``absent_at`` belong to WAITING, ``arn`` to CREATED. ``response`` is AWS's
    response body, if there was one. With ``keep_error``, an earlier attempt's error is kept; with
    ``attach_error``, the error is attached to the draft.
    """

    state: SubmissionState
    reason: str
    uncertain: bool = False
    next_attempt_at: datetime | None = None
    look_up_only: bool = False
    absent_at: datetime | None = None
    arn: str = ""
    request_id: str = ""
    response: str = ""
    code: str = ""
    message: str = ""
    pointer: str = ""
    keep_error: bool = False
    attach_error: bool = False


def finish_attempt(
    *, attempt: Attempt, result: AttemptResult, response: object, transition: Transition
) -> None:
    """Record the attempt's result and move its submission to the next state.

    Proof of creation counts in every state, even after it was settled otherwise. Any other
    transition needs the lease, so that a worker that was believed lost changes nothing. Raises
    ``RuntimeError`` inside a transaction: the rows have to be committed on return.
    """
    with transaction.atomic(durable=True):
        Attempt.objects.filter(pk=attempt.pk).update(
            ended_at=timezone.now(),
            result=result,
            sent_at=attempt.sent_at,
            **_response_columns(response, transition),
        )
        current = Submission.objects.filter(pk=attempt.submission_id)
        if transition.state == SubmissionState.CREATED:
            current = current.exclude(state=SubmissionState.CREATED)
        else:
            current = current.filter(state=SubmissionState.SENDING, lease_owner=attempt.worker)
        if current.update(**columns(transition)):
            _update_draft(attempt.submission, transition)


def apply(transition: Transition, submission: Submission) -> bool:
    """Move a submission that needs attention to the next state. Return False if it no longer does.

    Raises ``RuntimeError`` inside a transaction.
    """
    with transaction.atomic(durable=True):
        current = Submission.objects.filter(pk=submission.pk, state=SubmissionState.ATTENTION)
        if not current.update(**columns(transition)):
            return False
        submission.refresh_from_db()
        _update_draft(submission, transition)
    return True


def _update_draft(submission: Submission, transition: Transition) -> None:
    if transition.state == SubmissionState.CREATED and submission.draft_id:
        # Not read: a draft can be large.
        Draft.objects.filter(pk=submission.draft_id).exclude(rejections=[]).update(rejections=[])
    elif transition.attach_error:
        submission.refresh_from_db()
        attach_rejection(submission)


def attach_rejection(submission: Submission) -> None:
    """Attach AWS's message to the draft, if the draft still has the rejected value."""
    draft, pointer = submission.draft, submission.error_pointer
    if draft and value_at(draft.document, pointer) == value_at(sent_document(submission), pointer):
        message = author_message(submission.error_code, submission.error_message)
        message = message or submission.reason
        draft.attach_rejection(pointer, escape_lines(message))


def columns(transition: Transition) -> dict[str, Any]:
    """Return the submission's columns after the transition."""
    changed: dict[str, Any] = {
        "state": transition.state,
        "reason": db_safe(transition.reason, _MAX_MESSAGE),
        "next_attempt_at": transition.next_attempt_at,
        "look_up_only": transition.look_up_only,
        "absent_at": transition.absent_at,
        "arn": transition.arn,
        "response": db_safe(transition.response),
        "settled_at": timezone.now() if transition.state in SETTLED else None,
        "lease_owner": "",
        "lease_expires_at": None,
    }
    if not transition.keep_error or transition.state == SubmissionState.CREATED:
        changed |= {
            "request_id": db_safe(transition.request_id, _MAX_CODE),
            "error_code": db_safe(transition.code, _MAX_CODE),
            "error_message": db_safe(transition.message, _MAX_MESSAGE),
            "error_pointer": transition.pointer,
        }
    return changed | ({"uncertain": True} if transition.uncertain else {})


def _response_columns(response: object, transition: Transition) -> dict[str, Any]:
    """Return the attempt's columns that come from AWS's response, or from a look-up."""
    match response:
        case results.Accepted():
            return {"request_id": db_safe(response.request_id, _MAX_CODE), "http_status": 200}
        case results.Rejected() | results.Unknown():
            fallback = response.reason if isinstance(response, results.Unknown) else ""
            return {
                "code": db_safe(response.code, _MAX_CODE),
                "message": db_safe(response.message or fallback, _MAX_MESSAGE),
                "request_id": db_safe(response.request_id, _MAX_CODE),
                "http_status": response.status,
            }
    return {"message": db_safe(transition.reason, _MAX_MESSAGE)}


def db_safe(text: str, max_length: int | None = None) -> str:
    """Return external text as every database can store it: no NUL, no lone surrogates, cut."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")[:max_length]
