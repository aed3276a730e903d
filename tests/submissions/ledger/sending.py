"""Send a submission in a test."""

from __future__ import annotations

from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission


def send_once(submission: Submission) -> Submission:
    """Send the open submission once, whether due or not, and reload it."""
    attempt = claim(among=Submission.objects.open().filter(pk=submission.pk), worker="host/1/test")
    assert attempt is not None
    send(attempt=attempt)
    submission.refresh_from_db()
    return submission
