"""Send submissions in a test, without an engine."""

from __future__ import annotations

from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.recovery import recover
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission


def send_once(submission: Submission) -> Submission:
    """Send the open submission once, whether due or not, and reload it."""
    attempt = claim(among=Submission.objects.open().filter(pk=submission.pk), worker="host/1/test")
    assert attempt is not None
    send(attempt=attempt)
    submission.refresh_from_db()
    return submission


def work_once() -> bool:
    """Do what a new worker does first, in this thread. Return False if nothing is due."""
    recover()
    attempt = claim(among=Submission.objects.due())
    if attempt:
        send(attempt=attempt)
    return attempt is not None
