"""``manage.py reconcile``: settle all open submissions now."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from distui.submissions.ledger.reconcile import reconcile

_MAX_SEND_SECONDS = 35.0
_SOME_OPEN = 3


class Command(BaseCommand):
    """Exit code 0: all submissions are settled. 3: some are not."""

    help = "Send every unsettled submission again now, without waiting for its next retry."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send each open submission once; list those still open on standard error."""
        still_open = reconcile(timeout=_MAX_SEND_SECONDS)
        for submission in still_open:
            self.stderr.write(
                f"{submission.pk} {submission.name}: {submission.state}. {submission.reason}"
            )
        if still_open:
            sys.exit(_SOME_OPEN)
        self.stdout.write("All submissions are settled.")
