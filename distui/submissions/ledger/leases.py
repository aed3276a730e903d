"""Who is sending what: a submission is claimed by compare-and-swap and held for a while."""

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

LEASE = timedelta(seconds=90)  # three times the gateway's deadline of one call
LOST = "The process that was sending it ended before AWS's answer was written down."


def worker_name() -> str:
    """A name that no other process has or had: host, process id and a random mark."""
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"


def claim(*, among: SubmissionQuerySet, worker: str) -> Attempt | None:
    """Take one submission to send it; None where nothing among these is left to take.

    The attempt's row and the lease are on disk when this returns: from then on nobody knows
    whether it was created, until that is proved. Of several workers one gets it. Raises
    ``RuntimeError`` within a transaction, which could undo the row after the send.
    """
    for pk in among.values_list("pk", flat=True)[:10]:
        if attempt := _take(among.filter(pk=pk), pk, worker):
            return attempt
    return None


def _take(unclaimed: SubmissionQuerySet, pk: int, worker: str) -> Attempt | None:
    now = timezone.now()
    with transaction.atomic(durable=True):
        taken = unclaimed.update(
            state=SubmissionState.SENDING,
            reason="It is being sent to AWS.",
            next_attempt_at=None,
            lease_owner=worker,
            lease_until=now + LEASE,
        )
        if not taken:
            return None
        last = Attempt.objects.filter(submission_id=pk).aggregate(last=Max("number"))["last"] or 0
        return Attempt.objects.create(
            submission_id=pk, number=last + 1, started_at=now, worker=worker
        )


def recover(*, worker: str) -> int:
    """Put back what processes left behind that ended while sending; returns how many.

    Each may have been created, so it stays marked as uncertain, and is due at once.
    """
    left = [
        submission
        for submission in Submission.objects.filter(state=SubmissionState.SENDING)
        if _is_left(submission, worker)
    ]
    return sum(_put_back(submission) for submission in left)


def _is_left(submission: Submission, worker: str) -> bool:
    expired = submission.lease_until is None or submission.lease_until < timezone.now()
    return expired or _is_gone(submission.lease_owner, worker)


def _is_gone(owner: str, worker: str) -> bool:
    """The owner was a process of this host and is no more, so its lease need not run out."""
    host, pid, _ = owner.rsplit("/", 2)
    if host != socket.gethostname():
        return False
    if int(pid) == os.getpid():  # an earlier process of this number, as in a restarted container
        return owner != worker
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _put_back(submission: Submission) -> bool:
    now = timezone.now()
    with transaction.atomic(durable=True):
        put_back = Submission.objects.filter(
            pk=submission.pk,
            state=SubmissionState.SENDING,
            lease_owner=submission.lease_owner,
            lease_until=submission.lease_until,
        ).update(
            state=SubmissionState.WAITING,
            uncertain=True,
            reason=LOST,
            next_attempt_at=now,
            lease_owner="",
            lease_until=None,
        )
        if put_back:
            submission.attempts.filter(outcome=AttemptResult.UNDER_WAY).update(
                outcome=AttemptResult.UNKNOWN, message=LOST, ended_at=now
            )
    return bool(put_back)
