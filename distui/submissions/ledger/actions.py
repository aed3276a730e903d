"""Actions that users take on a submission: reopen, resume, cancel, abandon, adopt."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from distui.aws.deadline import request_deadline
from distui.aws.results import Unknown
from distui.builder.models import Draft
from distui.builder.state.draft_state import dump_state
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.decisions import created
from distui.submissions.ledger.enqueue import enqueue
from distui.submissions.ledger.look_up import (
    LookUp,
    Mismatch,
    Ours,
    check_target,
    format_time,
    look_up,
)
from distui.submissions.ledger.transitions import Transition, apply, attach_rejection
from distui.submissions.models import Submission, SubmissionState

# Longer than twice what a send can take: an earlier send can't create it after that.
_SEND_SETTLED_AFTER = timedelta(seconds=60)
_CHANGED = "It no longer needs attention. Reload to see its current state."


class ActionRefused(Exception):
    """The action is not possible now; ``user_message`` says why. Nothing was changed."""

    def __init__(self, user_message: str) -> None:
        self.user_message = user_message
        super().__init__(user_message)


def reopen(*, submission: Submission, user: User) -> Draft:
    """Return a draft of the submitted document: the original if unchanged and shared, else new.

    A rejected submission's AWS message is attached to the draft.
    """
    draft = Draft.objects.visible_to(user).filter(submissions=submission).first()
    if not draft or draft.document != sent_document(submission):
        text = dump_state(sent_document(submission))
        draft = Draft.objects.create(owner=user, text=text)
    if submission.state == SubmissionState.REJECTED:
        submission.draft = draft
        attach_rejection(submission)
    return draft


def resume(*, submission: Submission, user: User) -> None:
    """Send a submission that needs attention again, with the full number of attempts."""
    last = submission.attempts.order_by("number").last()
    resumed = Submission.objects.filter(pk=submission.pk, state=SubmissionState.ATTENTION).update(
        state=SubmissionState.WAITING,
        next_attempt_at=timezone.now(),
        look_up_only=False,
        absent_at=None,
        resumed_after=last.number if last else 0,
        reason=f"{user.get_username()} requested a retry.",
    )
    if not resumed:
        raise ActionRefused(_CHANGED)
    enqueue(submission.pk)


def cancel(*, submission: Submission, user: User) -> None:
    """Cancel a submission before the first attempt."""
    cancelled = Submission.objects.filter(pk=submission.pk, state=SubmissionState.PREPARED).update(
        state=SubmissionState.CANCELLED,
        settled_at=timezone.now(),
        next_attempt_at=None,
        reason=f"{user.get_username()} cancelled it before anything was sent.",
    )
    if not cancelled:
        raise ActionRefused("It is already being sent. Reload to see its current state.")


def abandon(*, submission: Submission, user: User) -> None:
    """Abandon a submission that needs attention, on proof that it has created nothing.

    If a look-up finds that it was created, it is recorded as created instead.
    """
    evidence = "No attempt can have created it."
    if submission.uncertain:
        found = _look_up_now(submission, user)
        if isinstance(found, Ours):
            return _apply(created(found, submission), submission)
        evidence = _evidence_of_absence(found, submission)
    reason = f"{user.get_username()} abandoned it. {evidence}"
    return _apply(
        Transition(state=SubmissionState.ABANDONED, reason=reason, keep_error=True), submission
    )


def adopt(*, submission: Submission, user: User) -> None:
    """Record the configuration with the submission's ARN as created by it, as the user says."""
    found = _look_up_now(submission, user)
    if isinstance(found, Ours):
        return _apply(created(found, submission), submission)
    if not isinstance(found, Mismatch):
        raise ActionRefused(f"AWS does not return {submission.predicted_arn}.")
    transition = Transition(
        state=SubmissionState.CREATED,
        arn=submission.predicted_arn,
        reason=(
            f"{user.get_username()} confirmed that this ARN, created at"
            f" {format_time(found.created_at)}, is this submission's, although {found.difference}."
        ),
    )
    return _apply(transition, submission)


def _apply(transition: Transition, submission: Submission) -> None:
    if not apply(transition, submission):
        raise ActionRefused(_CHANGED)


@request_deadline()
def _look_up_now(submission: Submission, user: User) -> LookUp:
    """Look the submission up. Refuse while a send may be under way, or AWS can't be asked."""
    if submission.state != SubmissionState.ATTENTION:
        raise ActionRefused(_CHANGED)
    last = submission.attempts.order_by("number").last()
    if last and timezone.now() - (last.ended_at or timezone.now()) < _SEND_SETTLED_AFTER:
        raise ActionRefused("It was tried within the last minute. Wait a minute, then try again.")
    connection = submission.target.connection(user)
    if failure := check_target(submission, connection):
        raise ActionRefused(failure.reason)
    found = look_up(submission, connection)
    if isinstance(found, Unknown):
        raise ActionRefused(f"Can't confirm whether it exists: {found.reason}")
    return found


def _evidence_of_absence(found: LookUp, submission: Submission) -> str:
    """Return the sentence that proves that the submission created nothing."""
    at = format_time(timezone.now())
    if not isinstance(found, Mismatch):
        return f"At {at}, AWS had no configuration with this name or {submission.predicted_arn}."
    if found.same_content:
        raise ActionRefused(
            f"AWS has a configuration with exactly this content, but {found.difference}. Adopt it."
        )
    return f"At {at}, {submission.predicted_arn} was a different configuration."
