"""``manage.py restore``: replace the database with a copy that ``backup`` made."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from distui.submissions.backup import BackupFailed, restore
from distui.submissions.heartbeat import workers_alive
from distui.submissions.ledger.restored_backup import renew_tokens


class Command(BaseCommand):
    """Exit code 1: a worker runs, or the copy can't be read."""

    help = "Replace the database with a copy made by “backup”, and migrate it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder."""
        parser.add_argument("folder", type=Path, help="Folder created by “backup”.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore; give all drafts new tokens, because theirs may have been sent since."""
        with suppress(DatabaseError):  # an empty database has no table of workers
            if workers_alive():
                raise CommandError(
                    "A worker was seen in the last 30 seconds. Stop all workers and web servers"
                    " before you restore."
                )
        try:
            restore(options["folder"])
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        renew_tokens()
        self.stdout.write(
            "Restored. All drafts have new client tokens. Run “reconcile” to find what was created"
            " since the backup, then start the workers."
        )
