"""How far a submission has come: the steps behind it, the one ahead, and what there is to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState

NEXT = {
    SubmissionState.PREPARED: "You may close this page: nothing is lost.",
    SubmissionState.SENDING: "You may close this page: the answer is kept here.",
    SubmissionState.CREATED: "Name this ARN as the distribution configuration of an image"
    " pipeline, or of a single image.",
    SubmissionState.REJECTED: "Nothing was created. Open it as a draft again, change what AWS"
    " names, and submit that.",
    SubmissionState.ATTENTION: "Nothing more is sent by itself. Somebody who administers distui"
    " settles it: manage.py reconcile sends it once more with the same token and looks what"
    " came of it.",
    SubmissionState.ABANDONED: "It doesn't exist, and nothing more is sent.",
    SubmissionState.CANCELLED: "Nothing was created, and nothing more is sent.",
}
# What AWS refuses for another reason than the document needs something else to be done first.
_AFTER = {
    "ResourceAlreadyExistsException": "A configuration of this name exists in that account and home"
    " Region; capitals, spaces and underscores do not make a name different. Open it as a draft"
    " again, give it another name, and submit that.",
    "ServiceQuotaExceededException": "A quota of that account and home Region is reached. Have it"
    " raised under Service Quotas, EC2 Image Builder, or delete configurations that nothing uses."
    " Then open it as a draft again and submit it.",
    **dict.fromkeys(
        ("AccessDeniedException", "ForbiddenException"),
        "The target's credentials may not do this. Whoever administers that account has to allow"
        " them imagebuilder:CreateDistributionConfiguration, and imagebuilder:TagResource for tags."
        " Then open it as a draft again and submit it.",
    ),
}
_UNSURE = (
    "It may have been created already. The same request goes out again with the same client"
    " token, so that it is created once at most."
)
_SURE = "Nothing was created so far. It is sent again by itself; you may close this page."

_ANSWERS = {
    AttemptResult.ACCEPTED: ("done", "Accepted"),
    AttemptResult.REJECTED: ("bad", "Refused"),
    AttemptResult.UNKNOWN: ("bad", "No result yet"),
    AttemptResult.NOT_SENT: ("bad", "Not sent"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline; ``mark`` is done, bad, now or todo."""

    mark: str
    title: str
    at: datetime | None = None
    text: str = ""
    request_id: str = ""


def what_next(submission: Submission) -> str:
    """One sentence or two: what happens now, or what there is to do."""
    if submission.state == SubmissionState.WAITING:
        return _UNSURE if submission.uncertain else _SURE
    if submission.state == SubmissionState.REJECTED:
        return _AFTER.get(submission.error_code, NEXT[SubmissionState.REJECTED])
    return NEXT[SubmissionState(submission.state)]


def steps(submission: Submission) -> Iterator[Step]:
    """Prepared, sent, answered, as often as it was sent, and what is still to come."""
    yield Step("done", "Prepared", submission.submitted_at)
    attempts = list(submission.attempts.all())
    for attempt in attempts:
        yield from _attempt_steps(attempt, again=attempt.number > 1)
    if submission.state == SubmissionState.PREPARED:
        yield Step("todo", "To be sent")
    if submission.state == SubmissionState.WAITING:
        yield Step("todo", "To be sent again", submission.next_attempt_at)


def _attempt_steps(attempt: Attempt, *, again: bool) -> Iterator[Step]:
    outcome = AttemptResult(attempt.outcome)
    if outcome is not AttemptResult.NOT_SENT:
        yield Step("done", "Sent again" if again else "Sent", attempt.started_at)
    if outcome is AttemptResult.UNDER_WAY:
        yield Step("now", "Waiting for the answer")
        return
    mark, title = _ANSWERS[outcome]
    said = ": ".join(filter(None, (attempt.code, attempt.message)))
    yield Step(mark, title, attempt.ended_at, said, attempt.request_id)


def status_version(submission: Submission) -> str:
    """Changes when the page has something new to tell."""
    attempts = [f"{attempt.number}{attempt.outcome}" for attempt in submission.attempts.all()]
    return "-".join((submission.state, *attempts))
