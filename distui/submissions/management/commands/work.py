"""``manage.py work``: run the worker that sends submissions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from distui.submissions.checks import check_durability
from distui.submissions.ledger.worker import Worker


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT; the current send is finished first.

    Exit code 1: the database can lose what it has committed.
    """

    help = "Run the worker that sends submissions when they are due, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the worker in this process."""
        for error in check_durability(databases=["default"]):
            raise CommandError(error.msg)
        worker = Worker()
        worker.stop_on_signals()
        worker.run()
