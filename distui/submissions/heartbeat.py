"""The workers' heartbeat: shows since when no worker has run."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from distui.core.intervals import Interval
from distui.submissions.models import Submission, SubmissionState, WorkerHeartbeat

BEAT_SECONDS = 10.0
_MISSING_AFTER = timedelta(seconds=30)  # longer than a worker's pause after an error
_ROW = 1  # all workers share one row: only the latest beat matters

log = logging.getLogger(__name__)
_log_interval = Interval(60.0)


def beat(worker: str) -> None:
    """Record that the worker runs."""
    now = timezone.now()
    WorkerHeartbeat.objects.update_or_create(pk=_ROW, defaults={"worker": worker, "seen_at": now})


def worker_problem() -> str:
    """Return a sentence if no worker runs, else "". It is logged at most once a minute."""
    seen_at = WorkerHeartbeat.objects.values_list("seen_at", flat=True).first()
    now = timezone.now()
    if seen_at and now - seen_at < _MISSING_AFTER:
        return ""
    # A worker does not beat while it waits for AWS, but it holds a lease.
    if Submission.objects.filter(state=SubmissionState.SENDING, lease_expires_at__gt=now).exists():
        return ""
    since = f"since {seen_at:%Y-%m-%d %H:%M:%S} UTC" if seen_at else "yet"
    problem = f"No worker has been seen {since}."
    if _log_interval.is_due():
        log.warning("%s Submissions are not sent.", problem)
    return problem
