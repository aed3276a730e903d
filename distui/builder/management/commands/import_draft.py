"""``manage.py import_draft FILE --user NAME``: a draft from API JSON."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from distui.builder.models import Draft
from distui.builder.state.importer import NotImportable, read_document
from distui.core.document.strict_json import ParseError


class Command(BaseCommand):
    """Prints the draft's id. Exit code 2 where the file or the user is not to be had."""

    help = "Make a draft from a request body of CreateDistributionConfiguration, in JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, ``-`` for standard input, and who will own the draft."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--user", required=True, metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        """Notices of what was left out go to standard error."""
        try:
            owner = User.objects.get(username=options["user"])
            imported = read_document(_content(options["file"]))
        except User.DoesNotExist as error:
            raise CommandError(f"There is no user {options['user']}.", returncode=2) from error
        except (OSError, ParseError) as error:
            raise CommandError(f"{options['file']}: {error}", returncode=2) from error
        except NotImportable as error:
            lines = [f"  {finding.pointer}: {finding.message}" for finding in error.findings]
            text = "\n".join([f"{options['file']}: {error}", *lines])
            raise CommandError(text, returncode=2) from error
        draft = Draft.objects.create(owner=owner, text=imported.text)
        for notice in imported.notices:
            self.stderr.write(notice)
        self.stdout.write(str(draft.pk))


def _content(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
