"""Send a claimed submission, or look it up: one attempt."""

from __future__ import annotations

import hashlib
import logging
import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Accepted, CreateResult, Rejected, Unknown
from distui.submissions.ledger.decisions import (
    after_accepted,
    after_look_up,
    after_not_sent,
    after_rejected,
    after_unknown,
)
from distui.submissions.ledger.leases import renew, start_sending
from distui.submissions.ledger.look_up import LookUp, check_target, look_up, not_allowed
from distui.submissions.ledger.retries import token_expired
from distui.submissions.ledger.transitions import Transition, finish_attempt
from distui.submissions.log_context import log_context
from distui.submissions.models import Attempt, AttemptResult, Submission
from distui.targets.models import Target

_RECORD_SECONDS = 120.0  # how long an answer is kept that the database doesn't take
_RECORD_PAUSE = 1.0
_FRESH = timedelta(seconds=5)  # a lease this old still outlasts a call

log = logging.getLogger(__name__)


def send(*, attempt: Attempt) -> None:
    """Send the claimed submission's stored bytes once, or look it up, and record the result.

    No transaction is open during the calls. If the process dies in between, the row stays
    ``sending`` until it is recovered, so ``BaseException`` must not be caught here. Raises
    ``OperationalError`` or ``InterfaceError`` if the result couldn't be stored in two minutes.
    """
    with log_context(attempt.submission):
        _send(attempt)


def _send(attempt: Attempt) -> None:
    submission = attempt.submission
    connection = submission.target.connection(submission.submitted_by)
    response, transition, result = _AttemptRun(attempt, submission, connection).run()
    give_up_at = time.monotonic() + _RECORD_SECONDS
    while True:
        try:
            finish_attempt(attempt=attempt, result=result, response=response, transition=transition)
        except (OperationalError, InterfaceError):
            if time.monotonic() > give_up_at:
                raise
            log.exception("The result of submission %s was not stored; retrying.", submission.pk)
            close_old_connections()
            time.sleep(_RECORD_PAUSE)
        else:
            return log.info(
                "Attempt %d of submission %d: %s, so it is %s.",
                attempt.number,
                submission.pk,
                result.value,
                transition.state.value,
            )


_Recorded = tuple[CreateResult | None, Transition, AttemptResult]


class _AttemptRun:
    """One attempt of a worker that holds the submission's lease."""

    def __init__(self, attempt: Attempt, submission: Submission, connection: AwsConnection) -> None:
        self.attempt, self.submission, self.connection = attempt, submission, connection

    def run(self) -> _Recorded:
        """Look the submission up if only that is due, else check that it may be sent and send."""
        submission = self.submission
        if failure := _check_request(submission) or check_target(submission, self.connection):
            return self._not_sent(failure)
        forbidden = _check_permission(submission)
        if submission.uncertain:
            only = submission.look_up_only or forbidden is not None
            if only or token_expired(submission):
                found = self._look_up()
                if isinstance(found, Unknown) and not only:
                    return self._not_sent(found)
                if only or not isinstance(found, Absent):
                    return None, after_look_up(found, submission), AttemptResult.LOOKED_UP
        return self._not_sent(forbidden) if forbidden else self._send()

    def _look_up(self) -> LookUp:
        renew(self.attempt)
        return look_up(self.submission, self.connection)

    def _not_sent(self, failure: Unknown) -> _Recorded:
        return failure, after_not_sent(failure, self.submission), AttemptResult.NOT_SENT

    def _send(self) -> _Recorded:
        if timezone.now() - self.attempt.started_at > _FRESH:  # else it saves a commit
            renew(self.attempt)
        response = gateway.create(
            self.connection,
            self.submission.request.encode(),
            account=self.submission.account,
            may_send=lambda: start_sending(self.attempt),
        )
        if isinstance(response, Accepted) and response.arn != self.submission.predicted_arn:
            response = _other_arn(response)
        if not response.was_sent:
            self.attempt.sent_at = None
        return response, self._after(response), _result_of(response)

    def _after(self, response: CreateResult) -> Transition:
        if isinstance(response, Accepted):
            return after_accepted(response)
        decided: Transition | Rejected | None
        if isinstance(response, Unknown):
            decided = after_unknown(response, self.submission)
        else:
            decided = response
        if isinstance(decided, Transition):
            return decided
        if decided and not self.submission.uncertain:
            return after_rejected(decided, self._look_up() if decided.was_sent else None)
        return after_look_up(self._look_up(), self.submission, decided or response)


def _other_arn(response: Accepted) -> Unknown:
    """Return the result of a response that confirms another ARN than that of the name."""
    return Unknown(
        "AWS confirmed a creation with another ARN.",
        uncertain=True,
        retry=False,
        message=response.response,
        request_id=response.request_id,
        status=200,
    )


def _result_of(response: CreateResult) -> AttemptResult:
    if isinstance(response, Accepted):
        return AttemptResult.ACCEPTED
    if not response.was_sent:
        return AttemptResult.NOT_SENT
    return AttemptResult.REJECTED if isinstance(response, Rejected) else AttemptResult.UNKNOWN


def _check_request(submission: Submission) -> Unknown | None:
    """Return a failure if the stored request is not the one that was submitted."""
    digest = hashlib.sha256(submission.request.encode()).hexdigest()
    if digest == submission.request_sha256:
        return None
    return not_allowed("The stored request does not match its SHA-256. Nothing was sent.")


def _check_permission(submission: Submission) -> Unknown | None:
    """Return a failure if the user may no longer submit to the target."""
    target, user = submission.target, submission.submitted_by
    if Target.objects.usable_by(user).filter(pk=target.pk).exists():
        return None
    return not_allowed(f"{user.get_username()} can no longer submit to {target.name}.")
