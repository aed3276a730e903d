"""``manage.py import_draft FILE --user NAME``: create a draft from API JSON."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from distui.builder.models import Draft
from distui.builder.state.importer import Imported, NotImportable, read_document
from distui.core.document.strict_json import ParseError


class Command(BaseCommand):
    """Prints the ID of the draft. Exits with 2 if the file or the user cannot be read."""

    help = "Create a draft from the JSON request body of CreateDistributionConfiguration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file and the owner of the draft."""
        parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--user", required=True, metavar="NAME", help="owner of the draft")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the draft, and write notices of what was removed to standard error."""
        owner = User.objects.filter(username=options["user"]).first()
        if owner is None:
            raise CommandError(f"User {options['user']} does not exist.", returncode=2)
        imported = _imported(options["file"])
        draft = Draft.objects.create(owner=owner, text=imported.text)
        for notice in imported.notices:
            self.stderr.write(notice)
        self.stdout.write(str(draft.pk))


def _imported(name: str) -> Imported:
    """Read the document, or raise ``CommandError`` with every reason why not."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        if not content.strip():
            raise CommandError(f"{name}: The document is empty.", returncode=2)
        return read_document(content)
    except (OSError, ParseError) as error:
        raise CommandError(f"{name}: {error}", returncode=2) from error
    except NotImportable as error:
        lines = [f"  {finding.pointer}: {finding.message}" for finding in error.findings]
        raise CommandError("\n".join([f"{name}: {error}", *lines]), returncode=2) from error
