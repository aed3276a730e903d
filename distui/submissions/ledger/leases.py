"""Leases: a worker claims a submission by compare-and-swap and holds it for a limited time."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Case, Max, Value, When
from django.utils import timezone

from distui.submissions.models import Attempt, Submission, SubmissionQuerySet, SubmissionState

# Renewed before each call to AWS, and longer than one can last (SECONDS in distui.aws.deadline).
LEASE = timedelta(seconds=45)


@cache
def host_id() -> str:
    """Return the host's name with a mark of the machine, its start and its process IDs.

    Containers can share a host name and process IDs, but not the mark.
    """
    mark = "".join(map(_read_mark, ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid")))
    return f"{socket.gethostname()}-{hashlib.sha256(mark.encode()).hexdigest()[:8]}"


def _read_mark(path: str) -> str:
    try:
        return str(Path(path).readlink()) if Path(path).is_symlink() else Path(path).read_text()
    except OSError:  # not Linux, or not allowed
        return ""


def worker_name() -> str:
    """Return a new name in this process: host, process ID and a random suffix."""
    return f"{host_id()}/{os.getpid()}/{secrets.token_hex(4)}"


def claim(*, among: SubmissionQuerySet, worker: str = "") -> Attempt | None:
    """Claim the first of the submissions that no other worker is claiming, for sending.

    The attempt's row and the lease are committed on return. The lease is this attempt's alone:
    without ``worker``, it gets a new name. Return None if nothing could be claimed. Raises
    ``RuntimeError`` inside a transaction, because a rollback after the send would lose the row.
    """
    candidates = among
    if connection.features.has_select_for_update_skip_locked:
        candidates = among.select_for_update(skip_locked=True)
    elif not among.exists():  # a transaction would block other writers of SQLite
        return None
    with transaction.atomic(durable=True):
        pk = candidates.values_list("pk", flat=True).first()
        return None if pk is None else _claim(among.filter(pk=pk), pk, worker or worker_name())


def _claim(candidate: SubmissionQuerySet, pk: int, worker: str) -> Attempt | None:
    now = timezone.now()
    claimed = candidate.update(
        state=SubmissionState.SENDING,
        reason=Case(
            When(look_up_only=True, then=Value("Looking it up in AWS.")),
            default=Value("Sending to AWS."),
        ),
        next_attempt_at=None,
        lease_owner=worker,
        lease_expires_at=now + LEASE,
    )
    if not claimed:
        return None
    submission = Submission.objects.select_related("target", "submitted_by").get(pk=pk)
    last = submission.attempts.aggregate(last=Max("number"))["last"] or 0
    return submission.attempts.create(number=last + 1, started_at=now, worker=worker)


def renew(attempt: Attempt, **changes: object) -> bool:
    """Renew the attempt's lease. Return False if it has expired or is another worker's."""
    held = Submission.objects.filter(
        pk=attempt.submission_id,
        state=SubmissionState.SENDING,
        lease_owner=attempt.worker,
        lease_expires_at__gt=timezone.now(),
    )
    return bool(held.update(lease_expires_at=timezone.now() + LEASE, **changes))


def start_sending(attempt: Attempt) -> bool:
    """Record that the attempt is about to be sent. Return False if it may not be sent any more.

    From here on it is unknown whether the submission was created, until it is proved.
    """
    with transaction.atomic(durable=True):
        if not renew(attempt, absent_at=None):
            return False
        attempt.submission.absent_at = None
        attempt.sent_at = timezone.now()
        attempt.save(update_fields=["sent_at"])
    return True
