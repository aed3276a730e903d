"""Quotas of submissions and of checks: a script or a stolen session can't flood an account."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from time import time
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from distui.submissions.models import Submission

PER_MINUTE = 30
_PERIOD = timedelta(minutes=1)
_CHECKS = "checks"  # the key in the session


def seconds_to_wait(user: Any) -> int:
    """Return how long the user has to wait before submitting again; 0 if the quota isn't used up.

    Concurrent requests may exceed the quota by their number.
    """
    now = timezone.now()
    recent = Submission.objects.filter(submitted_by=user, submitted_at__gt=now - _PERIOD)
    times = recent.order_by("-submitted_at").values_list("submitted_at", flat=True)
    oldest = next(iter(times[PER_MINUTE - 1 : PER_MINUTE]), None)
    return ceil((oldest + _PERIOD - now).total_seconds()) if oldest else 0


def seconds_to_check(session: SessionBase) -> int:
    """Count a check with AWS, or return how long the session has to wait before the next one.

    The count is saved at once, because a check takes long.
    """
    now, period = time(), _PERIOD.total_seconds()
    recent: list[float] = [at for at in session.get(_CHECKS, []) if at > now - period]
    if len(recent) >= PER_MINUTE:
        return ceil(recent[0] + period - now)
    session[_CHECKS] = [*recent, now]
    session.save()
    return 0
