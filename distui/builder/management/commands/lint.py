"""``manage.py lint FILE…``: ``distui lint`` under the settings of this installation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from distui.builder.rule_context import rule_context
from distui.cli import lint
from distui.core import Context
from distui.targets.models import Target


class Command(BaseCommand):
    """Prints the findings. Exits with 1 if one is an error, with 2 if a file is unreadable."""

    help = lint.HELP
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files and the options."""
        lint.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file. Raises ``SystemExit`` with the status unless it is 0."""
        context = _context(options.pop("target"))
        options["target"] = None  # of the database, not of the settings file
        options["config"] = options["config"] or settings.DISTUI_RULES_FILE or None
        if status := lint.run(Namespace(**options), context, self.stdout, self.stderr):
            sys.exit(status)


def _context(target: str | None) -> Context:
    """Return the context of the settings and of a target. Raises ``CommandError``."""
    if not target:
        return rule_context()
    found = Target.objects.filter(name=target).first()
    if not found:
        raise CommandError(f"Target {target} does not exist.", returncode=2)
    return rule_context(own_account=found.account, home_region=found.region)
