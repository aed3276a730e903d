"""Leases: a worker claims a submission by compare-and-swap and holds it for a limited time."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from distui.submissions.models import (
    Attempt,
    AttemptResult,
    Submission,
    SubmissionQuerySet,
    SubmissionState,
)

LEASE = timedelta(seconds=90)  # three times the gateway's timeout for one call
LOST = "The worker stopped before AWS's response was recorded."


def worker_name() -> str:
    """Return a name unique to this process: host, process ID and a random suffix."""
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"


def claim(*, among: SubmissionQuerySet, worker: str) -> Attempt | None:
    """Claim one of the submissions for sending. Return None if none could be claimed.

    The attempt's row and the lease are committed on return, and only one of several workers gets
    them. From then on it is unknown whether the submission was created, until it is proved. Raises
    ``RuntimeError`` inside a transaction, because a rollback after the send would lose the row.
    """
    for pk in among.values_list("pk", flat=True)[:10]:
        if attempt := _try_claim(among.filter(pk=pk), pk, worker):
            return attempt
    return None


def _try_claim(candidate: SubmissionQuerySet, pk: int, worker: str) -> Attempt | None:
    now = timezone.now()
    with transaction.atomic(durable=True):
        claimed = candidate.update(
            state=SubmissionState.SENDING,
            reason="Sending to AWS.",
            next_attempt_at=None,
            lease_owner=worker,
            lease_expires_at=now + LEASE,
        )
        if not claimed:
            return None
        last = Attempt.objects.filter(submission_id=pk).aggregate(last=Max("number"))["last"] or 0
        return Attempt.objects.create(
            submission_id=pk, number=last + 1, started_at=now, worker=worker
        )


def recover(*, worker: str) -> int:
    """Release the submissions of workers that stopped while sending. Return how many.

    Each may have been created, so it is marked as uncertain and is due at once.
    """
    lost = [
        submission
        for submission in Submission.objects.filter(state=SubmissionState.SENDING)
        if _is_lost(submission, worker)
    ]
    return sum(_release(submission) for submission in lost)


def _is_lost(submission: Submission, worker: str) -> bool:
    expires_at = submission.lease_expires_at
    expired = expires_at is None or expires_at < timezone.now()
    return expired or _has_exited(submission.lease_owner, worker)


def _has_exited(owner: str, worker: str) -> bool:
    """Return True if the owner was a process on this host and has exited: no need to wait."""
    host, pid, _ = owner.rsplit("/", 2)
    if host != socket.gethostname():
        return False
    if int(pid) == os.getpid():  # the ID was reused, as in a restarted container
        return owner != worker
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _release(submission: Submission) -> bool:
    now = timezone.now()
    with transaction.atomic(durable=True):
        released = Submission.objects.filter(
            pk=submission.pk,
            state=SubmissionState.SENDING,
            lease_owner=submission.lease_owner,
            lease_expires_at=submission.lease_expires_at,
        ).update(
            state=SubmissionState.WAITING,
            uncertain=True,
            reason=LOST,
            next_attempt_at=now,
            lease_owner="",
            lease_expires_at=None,
        )
        if released:
            submission.attempts.filter(result=AttemptResult.UNDER_WAY).update(
                result=AttemptResult.UNKNOWN, message=LOST, ended_at=now
            )
    return bool(released)
