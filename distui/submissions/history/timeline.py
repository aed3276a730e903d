"""A submission's timeline, and the sentence that says what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState

_NEXT_STEPS = {
    SubmissionState.PREPARED: "You can close this page.",
    SubmissionState.SENDING: "You can close this page. AWS's response will be saved here.",
    SubmissionState.CREATED: "Use this ARN in an image pipeline or CreateImage.",
    SubmissionState.REJECTED: "Choose Edit and resubmit, correct what AWS rejected, and submit"
    " again.",
    SubmissionState.ATTENTION: "distui has stopped retrying. An administrator can run manage.py"
    " reconcile: it sends the request once more with the same client token and records the result.",
    SubmissionState.ABANDONED: "It does not exist in AWS, and nothing more will be sent.",
    SubmissionState.CANCELLED: "Nothing was created, and nothing will be sent.",
}
# Errors whose cause is not an invalid field.
_NEXT_STEPS_BY_ERROR = {
    "ResourceAlreadyExistsException": "A configuration with this name already exists in this"
    " account and Region. Names are compared ignoring case, spaces and underscores. Choose Edit"
    " and resubmit, change the name, and submit again.",
    "ServiceQuotaExceededException": "The account has reached a quota in this Region. Request an"
    " increase in Service Quotas (EC2 Image Builder) or delete unused configurations, then choose"
    " Edit and resubmit.",
    **dict.fromkeys(
        ("AccessDeniedException", "ForbiddenException"),
        "The target's credentials are missing a permission. Ask the account's administrator to"
        " allow imagebuilder:CreateDistributionConfiguration (and imagebuilder:TagResource for"
        " tags), then choose Edit and resubmit.",
    ),
}
_RETRY_UNCERTAIN = (
    "It may already have been created. The same request is retried with the same client token, so"
    " it is created at most once."
)
_RETRY = "Nothing was created yet. distui retries automatically. You can close this page."


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the timeline. ``mark`` is done, bad, now or todo."""

    mark: str
    title: str
    time: datetime | None = None
    text: str = ""
    request_id: str = ""


def next_step(submission: Submission) -> str:
    """Return one to three sentences: what happens next, or what the user can do."""
    if submission.state == SubmissionState.WAITING:
        return _RETRY_UNCERTAIN if submission.uncertain else _RETRY
    if submission.state == SubmissionState.REJECTED:
        return _NEXT_STEPS_BY_ERROR.get(
            submission.error_code, _NEXT_STEPS[SubmissionState.REJECTED]
        )
    return _NEXT_STEPS[SubmissionState(submission.state)]


def timeline_steps(submission: Submission) -> Iterator[Step]:
    """Yield the steps so far, two per attempt (sent, response), and the next planned one."""
    yield Step("done", "Queued", submission.submitted_at)
    for attempt in submission.attempts.all():
        yield from _attempt_steps(attempt)
    if submission.state == SubmissionState.PREPARED:
        yield Step("todo", "Pending")
    if submission.state == SubmissionState.WAITING:
        yield Step("todo", "Next attempt", submission.next_attempt_at)


def _attempt_steps(attempt: Attempt) -> Iterator[Step]:
    result = AttemptResult(attempt.result)
    if result is not AttemptResult.NOT_SENT:
        yield Step("done", "Sent again" if attempt.number > 1 else "Sent", attempt.started_at)
    if result is AttemptResult.UNDER_WAY:
        yield Step("now", result.label)
        return
    mark = "done" if result is AttemptResult.ACCEPTED else "bad"
    text = ": ".join(filter(None, (attempt.code, attempt.message)))
    yield Step(mark, result.label, attempt.ended_at, text, attempt.request_id)


def status_version(submission: Submission) -> str:
    """Return a string that changes when the status part of the submission's page does."""
    attempts = [f"{attempt.number}{attempt.result}" for attempt in submission.attempts.all()]
    return "-".join((submission.state, *attempts))
