"""``manage.py reconcile``: settles now every submission that isn't settled."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from distui.submissions.ledger.reconcile import reconcile

_LONGEST_SEND = 35.0  # seconds


class Command(BaseCommand):
    """Exit code 0 where all are settled, 3 where some are not."""

    help = "Settles now every submission that isn't settled, without waiting for its next attempt."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sends each once; names on standard error what stays open, and why."""
        left = reconcile(patience=_LONGEST_SEND)
        for submission in left:
            self.stderr.write(
                f"{submission.pk} {submission.name}: {submission.state}. {submission.reason}"
            )
        if left:
            sys.exit(3)
        self.stdout.write("Every submission is settled.")
