"""``manage.py convert FILE --to FORMAT``: the same as ``distui convert``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand

from distui.cli import convert


class Command(BaseCommand):
    """Prints the document. Exits with 1 if something of it is lost, with 2 if it is unreadable."""

    help = convert.HELP
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file and the options."""
        convert.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the document. Raises ``SystemExit`` with the status unless it is 0."""
        if status := convert.run(Namespace(**options), self.stdout, self.stderr):
            sys.exit(status)
