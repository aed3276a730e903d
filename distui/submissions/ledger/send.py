"""One send: may it still be sent, the send itself, and what the answer means."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Accepted, Rejected, Unknown
from distui.submissions.ledger.look_up import first_attempt_at, look_up
from distui.submissions.ledger.transitions import Transition, settle
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState
from distui.targets.models import Target

MOST_ATTEMPTS = 8
# How long the service remembers a token is stated nowhere; other services of AWS keep them for
# eight hours and more.
TOKEN_TRUSTED = timedelta(hours=1)
_LONGEST_PAUSE = 300.0  # seconds


def send(*, attempt: Attempt) -> None:
    """Send the claimed submission's stored bytes once, and settle what came of it.

    No transaction is open during the calls. Whatever ends this in between leaves the row as
    ``sending``, to be recovered: ``BaseException`` is nobody's to catch here.
    """
    submission = attempt.submission
    access = submission.target.access(submission.submitted_by)
    if hindrance := _hindrance(submission, access):
        transition = _not_sent(hindrance, submission)
        settle(
            attempt=attempt, ended=AttemptResult.NOT_SENT, answer=hindrance, transition=transition
        )
    elif found := _found_first(submission, access):
        settle(attempt=attempt, ended=AttemptResult.NOT_SENT, answer=None, transition=found)
    else:
        answer = gateway.create(access, submission.request.encode(), account=submission.account)
        transition = _transition(answer, submission, access)
        settle(attempt=attempt, ended=_ENDED[type(answer)], answer=answer, transition=transition)


_ENDED: dict[type, AttemptResult] = {
    Accepted: AttemptResult.ACCEPTED,
    Rejected: AttemptResult.REJECTED,
    Unknown: AttemptResult.UNKNOWN,
}


def _hindrance(submission: Submission, access: AwsConnection) -> Unknown | None:
    """Why it may not be sent now, by what may have changed since it was prepared."""
    target, user = submission.target, submission.submitted_by
    if not Target.objects.usable_by(user).filter(pk=target.pk).exists():
        return _stop(f"{user.get_username()} may no longer submit to {target.name}.")
    if (target.account, target.region) != (submission.account, submission.region):
        return _stop(f"The target {target.name} has become another account or Region since.")
    identity = gateway.identity(access)
    if isinstance(identity, Unknown):
        return identity
    if identity.account != submission.account:
        return _stop(
            f"The credentials belong to account {identity.account}, not to"
            f" {submission.account or 'one that the target names'}. Nothing was sent."
        )
    return None


def _stop(reason: str) -> Unknown:
    return Unknown(reason, uncertain=False, retry=False)


def _found_first(submission: Submission, access: AwsConnection) -> Transition | None:
    """Of one that may exist and whose token AWS may have forgotten: what a look says; else None."""
    if not submission.uncertain or _age(submission) < TOKEN_TRUSTED:
        return None
    return _looked_up(submission, access, sent=False)


def _looked_up(submission: Submission, access: AwsConnection, *, sent: bool) -> Transition | None:
    """The transition of looking, None where nothing is there."""
    found = look_up(submission=submission, access=access, sent=sent)
    if isinstance(found, Absent):
        return None
    return found if isinstance(found, Transition) else _not_sent(found, submission)


def _transition(
    answer: Accepted | Rejected | Unknown, submission: Submission, access: AwsConnection
) -> Transition:
    match answer:
        case Accepted():
            return _accepted(answer)
        case Rejected():
            return _rejected(answer, submission, access)
    transition = _unknown(answer, submission)
    maybe = transition.uncertain or submission.uncertain
    if transition.state == SubmissionState.ATTENTION and answer.retry and maybe:
        found = _looked_up(submission, access, sent=True) or transition
        return replace(found, uncertain=True)
    return transition


def _accepted(answer: Accepted) -> Transition:
    return Transition(
        state=SubmissionState.CREATED,
        reason="It exists now, under this ARN.",
        arn=answer.arn,
        request_id=answer.request_id,
        response=answer.response,
    )


def _rejected(answer: Rejected, submission: Submission, access: AwsConnection) -> Transition:
    """Refused; but where an earlier attempt may have created it, only looking can tell."""
    if submission.uncertain:
        return _looked_up(submission, access, sent=True) or _refusal(
            answer,
            SubmissionState.ATTENTION,
            "AWS refused it, after an attempt whose answer was lost. Nothing stands under its ARN"
            " so far.",
        )
    return _refusal(answer, SubmissionState.REJECTED, "AWS refused it. Nothing was created.")


def _refusal(answer: Rejected, state: SubmissionState, reason: str) -> Transition:
    return Transition(
        state=state,
        reason=reason,
        request_id=answer.request_id,
        code=answer.code,
        message=answer.message,
        pointer=answer.pointer,
    )


def _unknown(answer: Unknown, submission: Submission) -> Transition:
    """Again later with the same token, or a person's turn once attempts or time are used up."""
    young = _age(submission) < TOKEN_TRUSTED
    return _again(answer, submission) if answer.retry and young else _attention(answer)


def _not_sent(answer: Unknown, submission: Submission) -> Transition:
    """As ``_unknown``, but time doesn't count: a token that wasn't used is no older for it."""
    return _again(answer, submission) if answer.retry else _attention(answer)


def _again(answer: Unknown, submission: Submission) -> Transition:
    count = submission.attempts.count()
    if count >= MOST_ATTEMPTS:
        return _attention(answer)
    return replace(
        _attention(answer), state=SubmissionState.WAITING, next_attempt_at=_pause_end(count)
    )


def _attention(answer: Unknown) -> Transition:
    return Transition(
        state=SubmissionState.ATTENTION,
        reason=answer.reason,
        uncertain=answer.uncertain,
        request_id=answer.request_id,
        code=answer.code,
        message=answer.message,
    )


def _age(submission: Submission) -> timedelta:
    return timezone.now() - first_attempt_at(submission)


def _pause_end(attempts: int) -> datetime:
    """Some time within 1, 3, 9 … seconds, at most 5 minutes, so that many don't return at once."""
    most = min(_LONGEST_PAUSE, 3.0 ** (attempts - 1))
    return timezone.now() + timedelta(seconds=random.uniform(0, most))  # noqa: S311 (no secret)
