"""What an attempt came to, and what becomes of its submission, written in one transaction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from distui.aws import results
from distui.builder.models import Draft
from distui.core.pointers import resolve
from distui.submissions.ledger.create import sent_document
from distui.submissions.models import (
    OPEN,
    SETTLED,
    Attempt,
    AttemptResult,
    Submission,
    SubmissionState,
)

_LONGEST_MESSAGE = 2_000
_LONGEST_CODE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What becomes of a submission: its next state and the sentence that explains it.

    ``uncertain`` adds to the submission's own, and never takes it away. ``next_attempt_at``
    belongs to WAITING, ``arn`` to CREATED, and ``response`` is AWS's answer where there was one.
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


def settle(
    *, attempt: Attempt, ended: AttemptResult, answer: object, transition: Transition
) -> None:
    """Write down how the attempt ended, and the next state of its submission.

    A proof of creation stands whoever brings it; any other transition needs the lease, so that a
    worker believed lost changes nothing. A refusal goes to the draft as well. Raises
    ``RuntimeError`` within a transaction: the row has to be on disk when this returns.
    """
    with transaction.atomic(durable=True):
        Attempt.objects.filter(pk=attempt.pk).update(
            ended_at=timezone.now(), **_told(ended, answer)
        )
        held = Submission.objects.filter(pk=attempt.submission_id)
        if transition.state == SubmissionState.CREATED:
            held = held.filter(state__in=OPEN)
        else:
            held = held.filter(state=SubmissionState.SENDING, lease_owner=attempt.worker)
        if held.update(**_changes(transition)) and transition.state == SubmissionState.REJECTED:
            attach_rejection(
                Submission.objects.select_related("draft").get(pk=attempt.submission_id)
            )


def attach_rejection(submission: Submission) -> None:
    """Put AWS's message on the draft, where the draft still says what was refused."""
    draft = submission.draft
    if draft and _still_says(draft, submission):
        draft.attach_rejection(submission.error_pointer, submission.error_message)


def _still_says(draft: Draft, submission: Submission) -> bool:
    pointer = submission.error_pointer
    return bool(_value(draft.document, pointer) == _value(sent_document(submission), pointer))


def _value(document: Any, pointer: str) -> Any:
    with suppress(LookupError):
        return resolve(document, pointer)
    return None


def _changes(transition: Transition) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "state": transition.state,
        "reason": db_safe(transition.reason, _LONGEST_MESSAGE),
        "next_attempt_at": transition.next_attempt_at,
        "arn": transition.arn,
        "request_id": db_safe(transition.request_id, _LONGEST_CODE),
        "response": db_safe(transition.response),
        "error_code": db_safe(transition.code, _LONGEST_CODE),
        "error_message": db_safe(transition.message, _LONGEST_MESSAGE),
        "error_pointer": transition.pointer,
        "settled_at": timezone.now() if transition.state in SETTLED else None,
        "lease_owner": "",
        "lease_until": None,
    }
    return changes | ({"uncertain": True} if transition.uncertain else {})


def _told(ended: AttemptResult, answer: object) -> dict[str, Any]:
    """The attempt's columns: what AWS said, as far as it said something."""
    told: dict[str, Any] = {"outcome": ended}
    match answer:
        case results.Accepted():
            told |= {"request_id": db_safe(answer.request_id, _LONGEST_CODE), "status": 200}
        case results.Rejected() | results.Unknown():
            told |= {
                "code": db_safe(answer.code, _LONGEST_CODE),
                "message": db_safe(answer.message, _LONGEST_MESSAGE),
                "request_id": db_safe(answer.request_id, _LONGEST_CODE),
                "status": answer.status,
            }
    if isinstance(answer, results.Unknown) and not answer.message:
        told["message"] = db_safe(answer.reason, _LONGEST_MESSAGE)
    return told


def db_safe(text: str, longest: int | None = None) -> str:
    """A text from outside as every database can hold it: no NUL, no lone surrogate, not endless."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")[:longest]
