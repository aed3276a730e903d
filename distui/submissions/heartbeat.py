"""The workers' heartbeat: shows since when no worker has run."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from distui.core.intervals import Interval
from distui.submissions.models import Submission, SubmissionState, WorkerHeartbeat

BEAT_SECONDS = 10.0
_MISSING_AFTER = timedelta(seconds=30)  # longer than a worker's pause after an error
_FORGOTTEN_AFTER = timedelta(days=1)
_STOPPED = ""  # instead of the name of a worker that has stopped

log = logging.getLogger(__name__)
_log_interval = Interval(60.0)


def beat(worker: str) -> None:
    """Record that the worker runs."""
    now = timezone.now()
    if WorkerHeartbeat.objects.filter(worker=worker).update(seen_at=now):
        return
    WorkerHeartbeat.objects.create(worker=worker, seen_at=now)
    WorkerHeartbeat.objects.filter(seen_at__lt=now - _FORGOTTEN_AFTER).delete()


def stop(worker: str) -> None:
    """Record that the worker has stopped: it was seen now, and is not alive."""
    row = WorkerHeartbeat.objects.filter(worker=worker)
    row.update(worker=_STOPPED, seen_at=timezone.now())


def workers_alive() -> int:
    """Return how many workers have been seen lately and have not stopped since."""
    seen = WorkerHeartbeat.objects.filter(seen_at__gt=timezone.now() - _MISSING_AFTER)
    return seen.exclude(worker=_STOPPED).count()


def last_seen() -> datetime | None:
    """Return when any worker was seen last, None if none ever was."""
    seen_at: datetime | None = WorkerHeartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    return seen_at


def worker_problem() -> str:
    """Return a sentence if no worker runs, else "". It is logged at most once a minute."""
    seen_at = last_seen()
    now = timezone.now()
    if seen_at and now - seen_at < _MISSING_AFTER:
        return ""
    # A worker that stops does not beat any more, but its last sends hold leases.
    if Submission.objects.filter(state=SubmissionState.SENDING, lease_expires_at__gt=now).exists():
        return ""
    since = f"since {seen_at:%Y-%m-%d %H:%M:%S} UTC" if seen_at else "yet"
    problem = f"No worker has been seen {since}."
    if _log_interval.is_due():
        log.warning("%s Submissions are not sent.", problem)
    return problem
