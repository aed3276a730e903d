"""Record an attempt's result and its submission's next state, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from distui.aws import results
from distui.core.pointers import value_at
from distui.submissions.ledger.create import sent_document
from distui.submissions.models import (
    OPEN,
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

    ``uncertain`` can set the submission's own, but never resets it. ``next_attempt_at`` belongs to
    WAITING, ``arn`` to CREATED. ``response`` is AWS's response body, if there was one.
    """

    state: SubmissionState
    reason: str
    uncertain: bool = False
    next_attempt_at: datetime | None = None
    arn: str = ""
    request_id: str = ""
    response: str = ""
    code: str = ""
    message: str = ""
    pointer: str = ""


def finish_attempt(
    *, attempt: Attempt, result: AttemptResult, response: object, transition: Transition
) -> None:
    """Record the attempt's result and move its submission to the next state.

    Proof of creation always counts. Any other transition needs the lease, so that a worker that
    was believed lost changes nothing. A rejection is also attached to the draft. Raises
    ``RuntimeError`` inside a transaction: the rows have to be committed on return.
    """
    with transaction.atomic(durable=True):
        Attempt.objects.filter(pk=attempt.pk).update(
            ended_at=timezone.now(), result=result, **_response_columns(response)
        )
        current = Submission.objects.filter(pk=attempt.submission_id)
        if transition.state == SubmissionState.CREATED:
            current = current.filter(state__in=OPEN)
        else:
            current = current.filter(state=SubmissionState.SENDING, lease_owner=attempt.worker)
        if current.update(**_columns(transition)) and transition.state == SubmissionState.REJECTED:
            attach_rejection(
                Submission.objects.select_related("draft").get(pk=attempt.submission_id)
            )


def attach_rejection(submission: Submission) -> None:
    """Attach AWS's message to the draft, if the draft still has the rejected value."""
    draft, pointer = submission.draft, submission.error_pointer
    if draft and value_at(draft.document, pointer) == value_at(sent_document(submission), pointer):
        draft.attach_rejection(pointer, submission.error_message)


def _columns(transition: Transition) -> dict[str, Any]:
    """Return the submission's columns after the transition."""
    columns: dict[str, Any] = {
        "state": transition.state,
        "reason": db_safe(transition.reason, _MAX_MESSAGE),
        "next_attempt_at": transition.next_attempt_at,
        "arn": transition.arn,
        "request_id": db_safe(transition.request_id, _MAX_CODE),
        "response": db_safe(transition.response),
        "error_code": db_safe(transition.code, _MAX_CODE),
        "error_message": db_safe(transition.message, _MAX_MESSAGE),
        "error_pointer": transition.pointer,
        "settled_at": timezone.now() if transition.state in SETTLED else None,
        "lease_owner": "",
        "lease_expires_at": None,
    }
    return columns | ({"uncertain": True} if transition.uncertain else {})


def _response_columns(response: object) -> dict[str, Any]:
    """Return the attempt's columns that come from AWS's response, if there was one."""
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
    return {}


def db_safe(text: str, max_length: int | None = None) -> str:
    """Return external text as every database can store it: no NUL, no lone surrogates, cut."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")[:max_length]
