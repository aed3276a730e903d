"""Settle all open submissions now, without waiting for their next planned attempts."""

from __future__ import annotations

import time

from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.recovery import recover
from distui.submissions.ledger.restored_backup import renew_tokens_if_restored
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission, SubmissionQuerySet, SubmissionState

_POLL_SECONDS = 0.2


def settle_open(*, timeout: float) -> list[Submission]:
    """Send or look up each open submission once, with all checks that a worker makes.

    Waits up to ``timeout`` seconds for what other processes are sending, and for second look-ups.
    Returns the submissions that are still open.
    """
    recover()
    renew_tokens_if_restored()
    for pk in list(Submission.objects.open().order_by("id").values_list("pk", flat=True)):
        send_now(pk=pk)
    deadline = time.monotonic() + timeout
    while _settles_soon() and time.monotonic() < deadline:
        if attempt := claim(among=_looked_up().due()):
            send(attempt=attempt)
        else:
            time.sleep(_POLL_SECONDS)
    return list(Submission.objects.open().order_by("id"))


def _settles_soon() -> bool:
    sending = Submission.objects.filter(state=SubmissionState.SENDING)
    return sending.exists() or _looked_up().exists()


def _looked_up() -> SubmissionQuerySet:
    return Submission.objects.filter(state=SubmissionState.WAITING, look_up_only=True)


def send_now(*, pk: int) -> None:
    """Send or look up the submission unless it is settled or another process is at it."""
    idle = Submission.objects.open().exclude(state=SubmissionState.SENDING)
    if attempt := claim(among=idle.filter(pk=pk)):
        send(attempt=attempt)
