"""How often and for how long a submission is sent again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from distui.submissions.models import Attempt, Submission

MAX_ATTEMPTS = 8
# Image Builder doesn't document how long it remembers a token. Other AWS services document eight
# hours or more.
TOKEN_LIFETIME = timedelta(hours=1)
LONGEST_PAUSE = 300.0  # seconds


def is_spent(submission: Submission) -> bool:
    """Return True if it was sent too often, or for too long, since it was created or resumed.

    Attempts that never left this machine don't count.
    """
    sent = _round(submission).filter(sent_at__isnull=False).order_by("number")
    first = sent.first()
    return first is not None and (
        sent.count() >= MAX_ATTEMPTS or _age(first.sent_at) >= TOKEN_LIFETIME
    )


def token_expired(submission: Submission) -> bool:
    """Return True if AWS may have forgotten the token since the first send."""
    first = submission.attempts.filter(sent_at__isnull=False).order_by("number").first()
    return first is not None and _age(first.sent_at) >= TOKEN_LIFETIME


def next_attempt_at(submission: Submission) -> datetime:
    """Return a random time within 1, 3, 9 … seconds, at most 5 minutes: full-jitter backoff."""
    exponent = min(_round(submission).count() - 1, 10)
    longest = min(LONGEST_PAUSE, 3.0**exponent)
    return timezone.now() + timedelta(seconds=random.uniform(0, longest))  # noqa: S311 (no secret)


def times_failed_with(submission: Submission, code: str) -> int:
    """Return how many attempts since it was created or resumed ended with this code."""
    return _round(submission).filter(code=code).count()


def times_lost(submission: Submission, message: str) -> int:
    """Return how many attempts since it was created or resumed ended with this message."""
    return _round(submission).filter(message=message).count()


def _round(submission: Submission) -> QuerySet[Attempt]:
    return submission.attempts.filter(number__gt=submission.resumed_after)


def _age(then: datetime | None) -> timedelta:
    return timezone.now() - (then or timezone.now())
