"""``manage.py work``: run the worker that sends submissions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from distui.submissions.ledger.worker import Worker


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT; the current send is finished first."""

    help = "Run the worker that sends submissions when they are due, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the worker in this process."""
        worker = Worker()
        worker.stop_on_signals()
        worker.run()
