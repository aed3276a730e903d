"""Recover the submissions of workers that stopped while sending."""

from __future__ import annotations

import os
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from distui.submissions.ledger.leases import LEASE, host_id
from distui.submissions.ledger.retries import MAX_ATTEMPTS, next_attempt_at, times_lost
from distui.submissions.models import AttemptResult, Submission, SubmissionState

# Later, those that were sent by the same worker as one that stops it are sent apart from it.
_TIMES_AT_ONCE = 2
LOST = "The worker stopped before AWS's response was recorded."


def recover(*, running: Collection[str] = ()) -> int:
    """Release the submissions of workers that stopped while sending. Return how many.

    ``running`` are the names of the leases under which this process sends right now. A submission
    that may have been sent is marked as uncertain; each is due at once, twice.
    """
    lost = [
        submission
        for submission in Submission.objects.filter(state=SubmissionState.SENDING)
        if _is_lost(submission, running)
    ]
    return sum(_release(submission) for submission in lost)


def _is_lost(submission: Submission, running: Collection[str]) -> bool:
    now, expires_at = timezone.now(), submission.lease_expires_at
    # A lease that ends too late was made before the clock was set back.
    expired = expires_at is None or not now <= expires_at <= now + 2 * LEASE
    return expired or _has_stopped(submission.lease_owner, running)


def _has_stopped(owner: str, running: Collection[str]) -> bool:
    """Return True if the owner was a process on this host and sends no more: no need to wait."""
    host, pid, _ = owner.rsplit("/", 2)
    if host != host_id():
        return False
    if int(pid) == os.getpid():  # a send that failed, or the ID was reused
        return owner not in running
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
        held = Submission.objects.filter(
            pk=submission.pk,
            state=SubmissionState.SENDING,
            lease_owner=submission.lease_owner,
            lease_expires_at=submission.lease_expires_at,
        )
        # Taking the row first keeps its worker from starting to send in between.
        if not held.update(lease_owner="", lease_expires_at=None):
            return False
        attempts = submission.attempts.filter(result=AttemptResult.UNDER_WAY)
        was_sent = attempts.filter(sent_at__isnull=False).exists()
        attempts.update(
            result=AttemptResult.UNKNOWN if was_sent else AttemptResult.NOT_SENT,
            message=LOST,
            ended_at=now,
        )
        submission.uncertain = submission.uncertain or was_sent
        Submission.objects.filter(pk=submission.pk).update(**_columns_after_loss(submission))
    return True


def _columns_after_loss(submission: Submission) -> dict[str, object]:
    """Return the columns of a submission whose worker stopped: due soon, within its budget.

    A submission that stops every worker is only looked up after eight of them, if it may exist, and
    needs attention after sixteen.
    """
    lost, uncertain = times_lost(submission, LOST), submission.uncertain
    gives_up = lost >= (2 if uncertain else 1) * MAX_ATTEMPTS
    due_at = timezone.now() if lost <= _TIMES_AT_ONCE else next_attempt_at(submission)
    return {
        "state": SubmissionState.ATTENTION if gives_up else SubmissionState.WAITING,
        "reason": f"{lost} workers stopped while sending it." if gives_up else LOST,
        "uncertain": uncertain,
        "look_up_only": submission.look_up_only or (uncertain and lost >= MAX_ATTEMPTS),
        "next_attempt_at": None if gives_up else due_at,
    }
