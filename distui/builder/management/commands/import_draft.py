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
from distui.builder.rule_context import chosen_target
from distui.builder.state.importer import Imported, read_documents
from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import pseudo_parameters
from distui.core.text.characters import escape_invisible
from distui.targets.models import Target


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
        parser.add_argument(
            "--target", metavar="NAME", help="target of the draft (default: the last one used)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the draft, and write notices of what was removed to standard error."""
        owner = User.objects.filter(username=options["user"]).first()
        if owner is None:
            raise CommandError(f"User {options['user']} does not exist.", returncode=2)
        target = _target(owner, options["target"])
        found = _imported(options["file"], target)
        with transaction.atomic():
            drafts = [
                Draft.objects.create(owner=owner, text=imported.text, target=target)
                for imported in found
            ]
        for imported, draft in zip(found, drafts, strict=True):
            for notice in imported.notices:
                self.stderr.write(escape_invisible(notice))
            self.stdout.write(str(draft.pk))


def _target(owner: User, name: str | None) -> Target | None:
    """Return the target with that name, without a name the one that the owner used last."""
    targets = [*Target.objects.usable_by(owner)]
    if name is None:
        return chosen_target(targets, Draft.objects.last_target_id(owner))
    found: Target | None = next((target for target in targets if target.name == name), None)
    if found is None:
        message = f"Target {name} does not exist, or {owner} can't use it."
        raise CommandError(message, returncode=2)
    return found


def _imported(name: str, target: Target | None) -> list[Imported]:
    """Read the documents, or raise ``CommandError`` with the reason why not."""
    pseudo = pseudo_parameters(target.account, target.region) if target else {}
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return read_documents(content, pseudo=pseudo)
    except (OSError, ParseError) as error:
        raise CommandError(f"{name}: {error}", returncode=2) from error
