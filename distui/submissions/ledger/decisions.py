"""Decide a submission's next state from AWS's response or from a look-up.

After a send:

    accepted                                  → created
    rejected, no earlier send is uncertain    → rejected
    no proof, attempts left                   → waiting: send again
    no proof, none left, or of no use         → attention, or a look-up if a send is uncertain
    rejected after an uncertain send          → a look-up
    rejected, and a look-up finds the content → attention, or rejected if another submission made it
    never left this machine                   → waiting: send again, without a limit
    never left, and retrying is of no use     → attention, or a retry if a send is uncertain

After a look-up:

    it is ours                                → created
    another one has its ARN                   → attention
    absent                                    → waiting: look up again after a minute
    absent, twice within more than a minute   → rejected
    no answer, or one that is not AWS's       → waiting: look up again, without a limit
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from distui.aws.results import Absent, Accepted, Rejected, Unknown
from distui.submissions.ledger.look_up import LookUp, Mismatch, Ours, format_time
from distui.submissions.ledger.retries import is_spent, next_attempt_at, times_failed_with
from distui.submissions.ledger.transitions import Transition
from distui.submissions.models import Submission, SubmissionState

# A send that was lost can still create it for a while, and List can lag behind.
ABSENCE_INTERVAL = timedelta(seconds=60)
_MAX_IN_USE = 3
_IN_USE = "ResourceInUseException"
_LOOKING_AGAIN = "Checking again whether it was created."


def after_accepted(response: Accepted) -> Transition:
    """Return the transition after AWS confirmed the creation."""
    return Transition(
        state=SubmissionState.CREATED,
        reason="AWS created the distribution configuration.",
        arn=response.arn,
        request_id=response.request_id,
        response=response.response,
    )


def after_rejected(response: Rejected, found: LookUp | None) -> Transition:
    """Return the transition after AWS refused, and no earlier send is uncertain.

    ``found`` is what a look-up showed, or None if nothing was sent.
    """
    state, reason = SubmissionState.REJECTED, "Rejected by AWS."
    match found:
        case None:
            reason = "The request is invalid. Nothing was sent."
        case Absent():
            reason = "Rejected by AWS. Nothing was created."
        case Mismatch(same_content=True) | Ours():
            state = SubmissionState.ATTENTION
            reason = (
                "AWS rejected the request, but has a configuration with exactly this content,"
                f" created at {format_time(found.created_at)}."
            )
        case Mismatch():
            reason = "Rejected by AWS. The account has another configuration with this name."
    return _with_error(Transition(state=state, reason=reason, attach_error=True), response)


def after_unknown(response: Unknown, submission: Submission) -> Transition | Rejected | None:
    """Return the transition after a response that proves nothing.

    Returns a ``Rejected`` instead if it was refused too often, and None if sending is of no more
    use and a look-up has to decide.
    """
    if not response.was_sent:
        return after_not_sent(response, submission)
    if response.code == _IN_USE and times_failed_with(submission, _IN_USE) >= _MAX_IN_USE - 1:
        return Rejected(
            response.code,
            response.message,
            request_id=response.request_id,
            status=response.status,
        )
    if response.retry and not is_spent(submission):
        return _retry(response, submission)
    if response.uncertain or submission.uncertain:
        return None
    return needs_attention(response)


def after_not_sent(failure: Unknown, submission: Submission) -> Transition:
    """Return the transition after nothing left this machine: try again, or ask a person.

    A person can't settle what is uncertain while AWS gives no answer, so that is tried again. If
    only look-ups are due, what they have shown so far and AWS's rejection are kept.
    """
    if failure.retry or (submission.uncertain and failure.is_failed_call):
        transition = _retry(failure, submission)
        reason = f"{failure.reason} Nothing was sent; distui will retry."
        if submission.look_up_only:
            reason = f"{failure.reason} {_LOOKING_AGAIN}"
        transition = replace(transition, reason=reason, absent_at=submission.absent_at)
    else:
        transition = needs_attention(failure)
    return replace(transition, keep_error=submission.look_up_only)


def after_look_up(
    found: LookUp, submission: Submission, response: Rejected | Unknown | None = None
) -> Transition:
    """Return the transition of an uncertain submission after a look-up.

    ``response`` is that of a send right before it, or None.
    """
    match found:
        case Ours():
            return created(found, submission)
        case Mismatch():
            transition = Transition(
                state=SubmissionState.ATTENTION,
                reason=f"{submission.predicted_arn} exists, but {found.difference}.",
            )
        case Absent() if isinstance(response, Unknown) and response.is_contradiction:
            transition = needs_attention(response)
        case Absent():
            transition = _after_absent(submission, sent=response is not None)
        case Unknown() if not found.retry and not found.is_failed_call:
            transition = Transition(state=SubmissionState.ATTENTION, reason=found.reason)
        case Unknown():
            transition = _look_again(
                f"{found.reason} {_LOOKING_AGAIN}",
                submission,
                at=next_attempt_at(submission),
            )
    attach = transition.attach_error or isinstance(response, Rejected)
    transition = replace(transition, uncertain=True, attach_error=attach)
    return _with_error(transition, response) if response else replace(transition, keep_error=True)


def needs_attention(response: Unknown) -> Transition:
    """Return the transition to a state in which only a person can decide."""
    return _with_error(
        Transition(
            state=SubmissionState.ATTENTION, reason=response.reason, uncertain=response.uncertain
        ),
        response,
    )


def created(found: Ours, submission: Submission) -> Transition:
    """Return the transition after a look-up proved the creation."""
    at = format_time(found.created_at)
    proof = f"its content matches the request, and it was created at {at}, between the first and"
    proof += " last attempts."
    if found.tag:
        proof = f"it was created at {at}, and its tag {found.tag} is this submission's."
    return Transition(
        state=SubmissionState.CREATED,
        arn=submission.predicted_arn,
        reason=f"AWS's response was lost, but the configuration exists: {proof}",
    )


def _after_absent(submission: Submission, *, sent: bool) -> Transition:
    """Require a second look-up: an earlier send may still be under way at the first."""
    now, before = timezone.now(), None if sent else submission.absent_at
    if before is None or now - before < ABSENCE_INTERVAL:
        before = min(before or now, now)  # the clock can have been set back
        return _look_again(
            "AWS does not have it so far. distui checks once more to be sure.",
            submission,
            at=before + ABSENCE_INTERVAL,
            absent_at=before,
        )
    return Transition(
        state=SubmissionState.REJECTED,
        reason=(
            f"Nothing was created: at {format_time(before)} and at {format_time(now)}, AWS had no"
            " configuration with this ARN or name."
        ),
        attach_error=True,
    )


def _look_again(
    reason: str, submission: Submission, *, at: datetime, absent_at: datetime | None = None
) -> Transition:
    return Transition(
        state=SubmissionState.WAITING,
        reason=reason,
        look_up_only=True,
        absent_at=absent_at or submission.absent_at,
        next_attempt_at=at,
    )


def _retry(response: Unknown, submission: Submission) -> Transition:
    at = next_attempt_at(submission)
    if response.code == _IN_USE:
        at += timedelta(seconds=30)
    return replace(
        needs_attention(response),
        state=SubmissionState.WAITING,
        next_attempt_at=at,
        look_up_only=submission.look_up_only,
    )


def _with_error(transition: Transition, response: Rejected | Unknown) -> Transition:
    return replace(
        transition,
        request_id=response.request_id,
        code=response.code,
        message=response.message,
        pointer=response.pointer if isinstance(response, Rejected) else "",
    )
