"""Settle all open submissions now, without waiting for their next planned attempts."""

from __future__ import annotations

import time

from distui.submissions.ledger.leases import claim, recover, worker_name
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission, SubmissionState

_POLL_SECONDS = 0.2


def reconcile(*, timeout: float) -> list[Submission]:
    """Send each open submission once, with its own token and all checks that a send makes.

    Waits up to ``timeout`` seconds for what other processes are sending. Returns the submissions
    that are still open.
    """
    worker = worker_name()
    recover(worker=worker)
    for pk in list(Submission.objects.open().order_by("id").values_list("pk", flat=True)):
        send_now(pk=pk, worker=worker)
    deadline = time.monotonic() + timeout
    while (
        Submission.objects.filter(state=SubmissionState.SENDING).exists()
        and time.monotonic() < deadline
    ):
        time.sleep(_POLL_SECONDS)
    return list(Submission.objects.open().order_by("id"))


def send_now(*, pk: int, worker: str) -> None:
    """Send the submission unless it is settled or another process is sending it."""
    idle = Submission.objects.open().exclude(state=SubmissionState.SENDING)
    if attempt := claim(among=idle.filter(pk=pk), worker=worker):
        send(attempt=attempt)
