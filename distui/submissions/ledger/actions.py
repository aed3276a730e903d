"""Actions that users take on a submission: reopen, resume, cancel, abandon."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from distui.aws import gateway
from distui.aws.results import Absent
from distui.builder.models import Draft
from distui.builder.state.draft_state import dump_state
from distui.core.reference.config_names import normalize_name
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.transitions import attach_rejection
from distui.submissions.models import Submission, SubmissionState

# Twice the longest a send can take: an earlier send can't create it after that.
_SEND_SETTLED_AFTER = timedelta(seconds=60)


class CannotAbandon(Exception):
    """The submission can't be abandoned; ``user_message`` says why."""

    def __init__(self, user_message: str) -> None:
        self.user_message = user_message
        super().__init__(user_message)


def reopen(*, submission: Submission, user: User) -> Draft:
    """Return a draft of the submitted document: the original if unchanged and the user's, else new.

    A rejected submission's AWS message is attached to the draft.
    """
    draft = submission.draft
    if not draft or draft.owner_id != user.pk or draft.document != sent_document(submission):
        text = dump_state(sent_document(submission))
        draft = Draft.objects.create(owner=user, text=text)
    if submission.state == SubmissionState.REJECTED:
        submission.draft = draft
        attach_rejection(submission)
    return draft


def resume(*, submission: Submission, user: User) -> bool:
    """Send a submission that needs attention again. Return False if it no longer needs it."""
    resumed = Submission.objects.filter(pk=submission.pk, state=SubmissionState.ATTENTION).update(
        state=SubmissionState.WAITING,
        next_attempt_at=timezone.now(),
        reason=f"{user.get_username()} requested a retry.",
    )
    return bool(resumed)


def cancel(*, submission: Submission, user: User) -> bool:
    """Cancel a submission before the first attempt. Return False if it is too late."""
    cancelled = Submission.objects.filter(pk=submission.pk, state=SubmissionState.PREPARED).update(
        state=SubmissionState.CANCELLED,
        settled_at=timezone.now(),
        next_attempt_at=None,
        reason=f"{user.get_username()} cancelled it before anything was sent.",
    )
    return bool(cancelled)


def abandon(*, submission: Submission, user: User) -> None:
    """Abandon a submission that needs attention, on proof that nothing was created.

    If an attempt's response was lost, AWS must know neither its ARN nor its name. Raises
    ``CannotAbandon``, and changes nothing, if that can't be proved now.
    """
    evidence = "No attempt can have created it."
    if submission.uncertain:
        evidence = _prove_absence(submission, user)
    abandoned = Submission.objects.filter(pk=submission.pk, state=SubmissionState.ATTENTION).update(
        state=SubmissionState.ABANDONED,
        settled_at=timezone.now(),
        next_attempt_at=None,
        reason=f"{user.get_username()} abandoned it. {evidence}",
    )
    if not abandoned:
        raise CannotAbandon("It no longer needs attention. Reload to see its current state.")


def _prove_absence(submission: Submission, user: User) -> str:
    """Return the sentence that proves that AWS doesn't have it, or raise ``CannotAbandon``."""
    last = submission.attempts.order_by("number").last()
    if last and timezone.now() - (last.ended_at or timezone.now()) < _SEND_SETTLED_AFTER:
        raise CannotAbandon("It was sent within the last minute. Wait a minute, then try again.")
    connection = submission.target.connection(user)
    if not isinstance(gateway.find(connection, submission.predicted_arn), Absent):
        raise CannotAbandon("Can't confirm that it doesn't exist. Retry it to find out.")
    names = gateway.names(connection)
    if not isinstance(names, list):
        raise CannotAbandon(names.reason)
    if submission.normalized_name in map(normalize_name, names):
        raise CannotAbandon("AWS lists a configuration with its name. Retry it to find out more.")
    return (
        f"At {timezone.now():%Y-%m-%d %H:%M:%S} UTC, AWS had no {submission.predicted_arn}, and"
        f" none of the {len(names)} configurations in that account and Region had its name."
    )
