"""Send a claimed submission: check that it may be sent, send it, and interpret the response."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Accepted, Rejected, Unknown
from distui.submissions.ledger.look_up import first_attempt_at, look_up
from distui.submissions.ledger.transitions import Transition, finish_attempt
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState
from distui.targets.models import Target

MAX_ATTEMPTS = 8
# Image Builder doesn't document how long it remembers a token. Other AWS services document eight
# hours or more.
TOKEN_LIFETIME = timedelta(hours=1)
_MAX_BACKOFF = 300.0  # seconds


def send(*, attempt: Attempt) -> None:
    """Send the claimed submission's stored bytes once and record the result.

    No transaction is open during the calls. If the process dies in between, the row stays
    ``sending`` until it is recovered, so ``BaseException`` must not be caught here.
    """
    submission = attempt.submission
    connection = submission.target.connection(submission.submitted_by)
    response: Accepted | Rejected | Unknown | None
    result = AttemptResult.NOT_SENT
    if response := _precheck_failure(submission, connection):
        transition = _after_not_sent(response, submission)
    elif found := _look_up_expired(submission, connection):
        transition = found
    else:
        body = submission.request.encode()
        response = gateway.create(connection, body, account=submission.account)
        transition = _after_response(response, submission, connection)
        result = _RESULTS[type(response)]
    finish_attempt(attempt=attempt, result=result, response=response, transition=transition)


_RESULTS: dict[type, AttemptResult] = {
    Accepted: AttemptResult.ACCEPTED,
    Rejected: AttemptResult.REJECTED,
    Unknown: AttemptResult.UNKNOWN,
}


def _precheck_failure(submission: Submission, connection: AwsConnection) -> Unknown | None:
    """Return why the submission may not be sent now, or None. Things may have changed since."""
    target, user = submission.target, submission.submitted_by
    if not Target.objects.usable_by(user).filter(pk=target.pk).exists():
        return _not_allowed(f"{user.get_username()} can no longer submit to {target.name}.")
    if (target.account, target.region) != (submission.account, submission.region):
        return _not_allowed(f"The target {target.name} now has another account or Region.")
    identity = gateway.identity(connection)
    if isinstance(identity, Unknown):
        return identity
    if identity.account != submission.account:
        return _not_allowed(
            f"The credentials belong to account {identity.account}, but the target's account is"
            f" {submission.account or 'not set'}. Nothing was sent."
        )
    return None


def _not_allowed(reason: str) -> Unknown:
    return Unknown(reason, uncertain=False, retry=False)


def _look_up_expired(submission: Submission, connection: AwsConnection) -> Transition | None:
    """Look up a submission that may exist and whose token AWS may have forgotten.

    Returns None if it is safe to send: a look-up isn't needed, or finds nothing.
    """
    if not submission.uncertain or _age(submission) < TOKEN_LIFETIME:
        return None
    return _look_up(submission, connection, sent=False)


def _look_up(submission: Submission, connection: AwsConnection, *, sent: bool) -> Transition | None:
    """Return the transition that the look-up leads to, or None if nothing is there."""
    found = look_up(submission=submission, connection=connection, sent=sent)
    if isinstance(found, Absent):
        return None
    return found if isinstance(found, Transition) else _after_not_sent(found, submission)


def _after_response(
    response: Accepted | Rejected | Unknown, submission: Submission, connection: AwsConnection
) -> Transition:
    match response:
        case Accepted():
            return _after_accepted(response)
        case Rejected():
            return _after_rejected(response, submission, connection)
    transition = _after_unknown(response, submission)
    uncertain = transition.uncertain or submission.uncertain
    if transition.state == SubmissionState.ATTENTION and response.retry and uncertain:
        found = _look_up(submission, connection, sent=True) or transition
        return replace(found, uncertain=True)
    return transition


def _after_accepted(response: Accepted) -> Transition:
    return Transition(
        state=SubmissionState.CREATED,
        reason="AWS created the distribution configuration.",
        arn=response.arn,
        request_id=response.request_id,
        response=response.response,
    )


def _after_rejected(
    response: Rejected, submission: Submission, connection: AwsConnection
) -> Transition:
    """Reject the submission, unless an earlier attempt may have created it: then look it up."""
    if submission.uncertain:
        return _look_up(submission, connection, sent=True) or _rejection(
            response,
            SubmissionState.ATTENTION,
            "AWS rejected the request after an earlier response was lost. No configuration with"
            " its ARN exists so far.",
        )
    return _rejection(response, SubmissionState.REJECTED, "Rejected by AWS. Nothing was created.")


def _rejection(response: Rejected, state: SubmissionState, reason: str) -> Transition:
    return Transition(
        state=state,
        reason=reason,
        request_id=response.request_id,
        code=response.code,
        message=response.message,
        pointer=response.pointer,
    )


def _after_unknown(response: Unknown, submission: Submission) -> Transition:
    """Retry later with the same token, or need attention once attempts or time run out."""
    if response.retry and _age(submission) < TOKEN_LIFETIME:
        return _retry(response, submission)
    return _needs_attention(response)


def _after_not_sent(failure: Unknown, submission: Submission) -> Transition:
    """Do as ``_after_unknown`` does, but without the time limit: the token wasn't used."""
    return _retry(failure, submission) if failure.retry else _needs_attention(failure)


def _retry(response: Unknown, submission: Submission) -> Transition:
    attempts = submission.attempts.count()
    if attempts >= MAX_ATTEMPTS:
        return _needs_attention(response)
    return replace(
        _needs_attention(response),
        state=SubmissionState.WAITING,
        next_attempt_at=_next_attempt_at(attempts),
    )


def _needs_attention(response: Unknown) -> Transition:
    return Transition(
        state=SubmissionState.ATTENTION,
        reason=response.reason,
        uncertain=response.uncertain,
        request_id=response.request_id,
        code=response.code,
        message=response.message,
    )


def _age(submission: Submission) -> timedelta:
    return timezone.now() - first_attempt_at(submission)


def _next_attempt_at(attempts: int) -> datetime:
    """Return a random time within 1, 3, 9 … seconds, at most 5 minutes: full-jitter backoff."""
    longest = min(_MAX_BACKOFF, 3.0 ** (attempts - 1))
    return timezone.now() + timedelta(seconds=random.uniform(0, longest))  # noqa: S311 (no secret)
