"""``manage.py work``: run the worker that sends submissions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from distui.submissions.checks import check_durability
from distui.submissions.ledger.enqueue import engine


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT; the current sends are finished first.

    Exit code 1: the database can lose what it has committed.
    """

    help = "Run the worker that sends submissions when they are due, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run a worker of the engine in this process."""
        for error in check_durability(databases=["default"]):
            raise CommandError(error.msg)
        engine().work()
