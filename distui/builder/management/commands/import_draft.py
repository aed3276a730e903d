"""``manage.py import_draft FILE --user NAME``: create a draft from each document in a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from distui.builder.models import Draft
from distui.builder.state.importer import Imported, read_documents
from distui.core.document.parse_error import ParseError
from distui.core.text.characters import escape_invisible


class Command(BaseCommand):
    """Prints the ID of each draft. Exits with 2 if the file or the user cannot be read."""

    help = (
        "Create a draft of each configuration in a file: a CreateDistributionConfiguration request"
        " or any other format that the import page reads. Errors become findings of the draft."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file and the owner of the draft."""
        parser.add_argument("file", metavar="FILE", help="file to import, or - for standard input")
        parser.add_argument("--user", required=True, metavar="NAME", help="owner of the draft")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the draft, and write notices of what was removed to standard error."""
        owner = User.objects.filter(username=options["user"]).first()
        if owner is None:
            raise CommandError(f"User {options['user']} does not exist.", returncode=2)
        found = _imported(options["file"])
        with transaction.atomic():
            drafts = [Draft.objects.start(owner, imported.text) for imported in found]
        for imported, draft in zip(found, drafts, strict=True):
            for notice in imported.notices:
                self.stderr.write(escape_invisible(notice))
            self.stdout.write(str(draft.pk))


def _imported(name: str) -> list[Imported]:
    """Read the documents, or raise ``CommandError`` with the reason why not."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        if not content.strip():
            raise CommandError(f"{name}: The document is empty.", returncode=2)
        return read_documents(content)
    except (OSError, ParseError) as error:
        raise CommandError(f"{name}: {error}", returncode=2) from error
