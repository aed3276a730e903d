"""What people decide about a submission: try again, close it, or make a draft of it."""

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

# Twice what a send may take: nothing that was under way can create it any more.
_NOTHING_UNDER_WAY = timedelta(seconds=60)


class CannotAbandon(Exception):
    """It can't be closed by hand; ``user_message`` says why."""

    def __init__(self, user_message: str) -> None:
        self.user_message = user_message
        super().__init__(user_message)


def reopen(*, submission: Submission, user: User) -> Draft:
    """What was submitted as this user's draft, AWS's message at the member that it names.

    It is the draft that it came from where that still is the user's and says the same, else a new
    one made of the stored request.
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
    """Send one that needs attention once more, with its token; False where it no longer does."""
    resumed = Submission.objects.filter(pk=submission.pk, state=SubmissionState.ATTENTION).update(
        state=SubmissionState.WAITING,
        next_attempt_at=timezone.now(),
        reason=f"{user.get_username()} asked to send it again.",
    )
    return bool(resumed)


def cancel(*, submission: Submission, user: User) -> bool:
    """Call one off that no attempt was made to send; False where it is too late for that."""
    cancelled = Submission.objects.filter(pk=submission.pk, state=SubmissionState.PREPARED).update(
        state=SubmissionState.CANCELLED,
        settled_at=timezone.now(),
        next_attempt_at=None,
        reason=f"{user.get_username()} called it off before anything was sent.",
    )
    return bool(cancelled)


def abandon(*, submission: Submission, user: User) -> None:
    """Close one that needs attention, on proof that nothing was created.

    Where an attempt's answer was lost, AWS is asked: nothing may stand under its ARN or name.
    Raises ``CannotAbandon``, with nothing changed, where that can't be shown now.
    """
    evidence = "No attempt can have created it."
    if submission.uncertain:
        evidence = _evidence_of_absence(submission, user)
    closed = Submission.objects.filter(pk=submission.pk, state=SubmissionState.ATTENTION).update(
        state=SubmissionState.ABANDONED,
        settled_at=timezone.now(),
        next_attempt_at=None,
        reason=f"{user.get_username()} closed it. {evidence}",
    )
    if not closed:
        raise CannotAbandon("It no longer needs attention: look at what became of it.")


def _evidence_of_absence(submission: Submission, user: User) -> str:
    last = submission.attempts.order_by("number").last()
    if last and timezone.now() - (last.ended_at or timezone.now()) < _NOTHING_UNDER_WAY:
        raise CannotAbandon("It was sent within the last minute. Wait a little, then try again.")
    access = submission.target.access(user)
    if not isinstance(gateway.find(access, submission.predicted_arn), Absent):
        raise CannotAbandon("AWS doesn't say that it isn't there. Send it again to find out.")
    names = gateway.names(access)
    if not isinstance(names, list):
        raise CannotAbandon(names.reason)
    if submission.normalized_name in map(normalize_name, names):
        raise CannotAbandon("AWS lists a configuration of its name. Send it again to find out.")
    return (
        f"At {timezone.now():%Y-%m-%d %H:%M:%S} UTC nothing stood under {submission.predicted_arn},"
        f" and none of the account's {len(names)} configurations there had its name."
    )
