"""``manage.py lint FILE…``: ``distui lint`` under the settings of this installation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand

from distui.builder.rule_context import rule_context
from distui.cli import lint


class Command(BaseCommand):
    """Prints the findings. Exits with 1 if one is an error, with 2 if a file is unreadable."""

    help = lint.HELP
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files and the options."""
        lint.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file. Raises ``SystemExit`` with the status unless it is 0."""
        if status := lint.run(Namespace(**options), rule_context(), self.stdout, self.stderr):
            sys.exit(status)
