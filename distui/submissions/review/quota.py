"""A quota of submissions: a script or a stolen session can't flood an account through one user."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any

from django.utils import timezone

from distui.submissions.models import Submission

PER_MINUTE = 30
_PERIOD = timedelta(minutes=1)


def seconds_to_wait(user: Any) -> int:
    """Return how long the user has to wait before submitting again; 0 if the quota isn't used up.

    Concurrent requests may exceed the quota by their number.
    """
    now = timezone.now()
    recent = Submission.objects.filter(submitted_by=user, submitted_at__gt=now - _PERIOD)
    times = recent.order_by("-submitted_at").values_list("submitted_at", flat=True)
    oldest = next(iter(times[PER_MINUTE - 1 : PER_MINUTE]), None)
    return ceil((oldest + _PERIOD - now).total_seconds()) if oldest else 0
