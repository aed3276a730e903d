"""A submission's timeline, and the sentence that says what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from distui.submissions.ledger.error_messages import escape_lines, message_for
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState

_NEXT_STEPS = {
    SubmissionState.PREPARED: "You can close this page.",
    SubmissionState.SENDING: "You can close this page. AWS's response will be saved here.",
    SubmissionState.CREATED: "Use this ARN in an image pipeline or CreateImage.",
    SubmissionState.REJECTED: "Choose “Edit and resubmit”, correct what AWS rejected, and submit"
    " again.",
    SubmissionState.ATTENTION: "Nothing was created, and distui has stopped retrying. “Retry” sends"
    " the same request again. “Abandon” closes the submission.",
    SubmissionState.ABANDONED: "It does not exist in AWS, and nothing more will be sent.",
    SubmissionState.CANCELLED: "Nothing was created, and nothing will be sent.",
}
# Errors whose cause is not an invalid field.
_NEXT_STEPS_BY_ERROR = {
    "ResourceAlreadyExistsException": "A configuration with this name already exists in this"
    " account and Region. Names are compared ignoring case, spaces and underscores. Choose “Edit"
    " and resubmit”, change the name, and submit again.",
    "ServiceQuotaExceededException": "The account has reached a quota in this Region. Request an"
    " increase in Service Quotas (EC2 Image Builder) or delete unused configurations, then choose"
    " “Edit and resubmit”.",
    **dict.fromkeys(
        ("AccessDeniedException", "ForbiddenException"),
        "The target's credentials are missing a permission. Ask the account's administrator to"
        " allow imagebuilder:CreateDistributionConfiguration (and imagebuilder:TagResource for"
        " tags), then choose “Edit and resubmit”.",
    ),
}
_RETRY_UNCERTAIN = (
    "It may already have been created. The same request is retried with the same client token, so"
    " it is created at most once."
)
_RETRY = "Nothing was created yet. distui retries automatically. You can close this page."
_NO_SANDBOX = "The sandbox isn't running. It starts with DISTUI_SANDBOX=true."
_LOOK_UP = (
    "The configuration may already exist. distui keeps checking AWS until it knows. You can close"
    " this page."
)
_ATTENTION_UNCERTAIN = (
    "It may have been created. “Retry” sends the same request with the same client token, so it is"
    " created at most once. “Adopt” records the existing configuration as this submission's."
    " “Abandon” closes the submission after checking that AWS does not have it."
)
_REJECTED_UNCERTAIN = "Choose “Edit and resubmit” to correct it, or to submit it again as it is."


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the timeline. ``mark`` is done, bad, now or todo."""

    mark: str
    title: str
    time: datetime | None = None
    text: str = ""
    request_id: str = ""


def next_step(submission: Submission) -> str:
    """Return a few sentences: what happens next, or what the user can do."""
    state = SubmissionState(submission.state)
    if state == SubmissionState.WAITING:
        if submission.look_up_only:
            return _LOOK_UP
        retry = _RETRY_UNCERTAIN if submission.uncertain else _RETRY
        return f"{_NO_SANDBOX} {retry}" if submission.target.is_stopped_sandbox else retry
    if submission.uncertain and state == SubmissionState.ATTENTION:
        return _ATTENTION_UNCERTAIN
    if state == SubmissionState.REJECTED:
        if submission.uncertain:
            return _REJECTED_UNCERTAIN
        return _NEXT_STEPS_BY_ERROR.get(submission.error_code, _NEXT_STEPS[state])
    return _NEXT_STEPS[state]


def timeline_steps(submission: Submission, user: Any) -> Iterator[Step]:
    """Yield the steps so far, two per attempt (sent, response), and the next planned one.

    Attempts in a row that sent nothing and said the same are one step. AWS's messages are as the
    user may read them; the one that the page shows above the timeline is left out.
    """
    if submission.recovered:
        yield Step("done", "Created in AWS", submission.submitted_at)
        yield Step("done", "Recovered", submission.settled_at)
        return
    yield Step("done", "Queued", submission.submitted_at)
    above = (submission.error_code, submission.error_message)
    was_sent = False
    for _, group in groupby(submission.attempts.all(), key=_same_step):
        attempts = list(group)
        for step in _attempt_steps(attempts[-1], len(attempts), user, again=was_sent):
            is_above = above == (attempts[-1].code, attempts[-1].message)
            yield replace(step, text="") if is_above else step
        was_sent = was_sent or attempts[-1].result not in _WITHOUT_SEND
    if submission.state == SubmissionState.PREPARED:
        yield Step("todo", "Pending")
    if submission.state == SubmissionState.WAITING:
        title = "Next look-up" if submission.look_up_only else "Next attempt"
        yield Step("todo", title, submission.next_attempt_at)


_WITHOUT_SEND = (AttemptResult.NOT_SENT, AttemptResult.LOOKED_UP)


def _same_step(attempt: Attempt) -> object:
    if attempt.result in _WITHOUT_SEND:
        return attempt.result, attempt.code, attempt.message
    return attempt.number


def _attempt_steps(attempt: Attempt, count: int, user: Any, *, again: bool) -> Iterator[Step]:
    result = AttemptResult(attempt.result)
    is_sent = attempt.sent_at is not None or result is not AttemptResult.UNDER_WAY
    if is_sent and result not in _WITHOUT_SEND:
        yield Step("done", "Sent again" if again else "Sent", attempt.started_at)
    if result is AttemptResult.UNDER_WAY:
        yield Step("now", result.label)
        return
    mark = "done" if result in (AttemptResult.ACCEPTED, AttemptResult.LOOKED_UP) else "bad"
    title = f"{result.label} ({count} times)" if count > 1 else str(result.label)
    message = message_for(user, attempt.code, attempt.message)
    text = ": ".join(filter(None, (attempt.code, message)))
    yield Step(mark, title, attempt.ended_at, escape_lines(text), attempt.request_id)


def status_version(submission: Submission, worker_problem: str) -> str:
    """Return a string that changes when the status part of the submission's page does."""
    attempts = [f"{attempt.number}{attempt.result}" for attempt in submission.attempts.all()]
    return "-".join((submission.state, *attempts, *filter(None, [worker_problem])))
