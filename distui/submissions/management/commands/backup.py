"""``manage.py backup``: copy the database to a new folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from distui.submissions.backup import BackupFailed, back_up


class Command(BaseCommand):
    """Exit code 1: it was not copied."""

    help = "Copy the database, and the secret key if distui generated it, to a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder."""
        parser.add_argument("folder", type=Path, help="Folder to create; it must not exist.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy it while web servers and workers run."""
        try:
            back_up(options["folder"])
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Copied to {options['folder']}.")
