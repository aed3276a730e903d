"""``manage.py work``: the process that sends submissions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from distui.submissions.ledger.worker import Worker


class Command(BaseCommand):
    """Sends what is due until SIGTERM or SIGINT; what is being sent then is finished first."""

    help = "Sends submissions as they become due, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the worker in this process."""
        worker = Worker()
        worker.stop_on_signals()
        worker.run()
