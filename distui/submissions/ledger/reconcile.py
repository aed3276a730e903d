"""Settling now all that isn't settled, whatever its next attempt was planned for."""

from __future__ import annotations

import time

from distui.submissions.ledger.leases import claim, recover, worker_name
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission, SubmissionState

_POLL_SECONDS = 0.2


def reconcile(*, patience: float) -> list[Submission]:
    """Send each open submission once, with its own token and after every check that a send has.

    What another process is sending is waited for, up to ``patience`` seconds. Returns those that
    are still open.
    """
    worker = worker_name()
    recover(worker=worker)
    for pk in list(Submission.objects.open().order_by("id").values_list("pk", flat=True)):
        settle_now(pk=pk, worker=worker)
    deadline = time.monotonic() + patience
    while (
        Submission.objects.filter(state=SubmissionState.SENDING).exists()
        and time.monotonic() < deadline
    ):
        time.sleep(_POLL_SECONDS)
    return list(Submission.objects.open().order_by("id"))


def settle_now(*, pk: int, worker: str) -> None:
    """Send this submission, unless it is settled or another process is sending it."""
    idle = Submission.objects.open().exclude(state=SubmissionState.SENDING)
    if attempt := claim(among=idle.filter(pk=pk), worker=worker):
        send(attempt=attempt)
