"""``manage.py reconcile``: settle all open submissions now, and name what the history lacks."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from distui.aws.results import Unknown
from distui.submissions.ledger.look_up import format_time
from distui.submissions.ledger.reconcile.settle import settle_open
from distui.submissions.ledger.reconcile.unrecorded import (
    Unrecorded,
    find_unrecorded,
    recover_unrecorded,
)
from distui.submissions.ledger.restored_backup import renew_tokens
from distui.targets.models import Target

_TIMEOUT = 90.0  # seconds: a send, or the minute between two look-ups
_NOT_FOUND = 2
_INCOMPLETE = 3
_ALL, _OWN = "all", "own"


class Command(BaseCommand):
    """Exit code 0: all is settled and listed. 2: the user is unknown. 3: something is not."""

    help = (
        "Settle every open submission now, without waiting for its next retry, and list the"
        " configurations in AWS that are not in the history, as after restoring a backup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what to add to the history, in whose name, and what happened before."""
        parser.add_argument(
            "--adopt",
            action="append",
            default=[],
            metavar="ARN",
            help=(
                "Add this configuration to the history as recovered; may be repeated. “own” adds"
                " those that distui has created, “all” all that the history lacks."
            ),
        )
        parser.add_argument(
            "--restored",
            action="store_true",
            help="Give all drafts new client tokens first: the database was restored.",
        )
        parser.add_argument("--user", metavar="NAME", help="User to add configurations as.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle what is open; list, or add, what the history lacks; list what is still open."""
        user = User.objects.filter(username=options["user"]).first()
        if options["adopt"] and user is None:
            raise CommandError(
                "--adopt needs the --user of an existing user.", returncode=_NOT_FOUND
            )
        if options["restored"]:
            renew_tokens()
            self.stdout.write("All drafts have new client tokens.")
        still_open = settle_open(timeout=_TIMEOUT)
        for submission in still_open:
            self.stderr.write(
                f"{submission.pk} {submission.name}: {submission.state}. {submission.reason}"
            )
        if not still_open:
            self.stdout.write("All submissions are settled.")
        self.is_complete = not still_open
        for target, found in self._unrecorded():
            chosen = {found.arn, _ALL, *([_OWN] if found.proof else [])}
            if user and chosen & set(options["adopt"]):
                self._recover(found.arn, target, user)
            else:
                self._name(found, target)
        if not self.is_complete:
            sys.exit(_INCOMPLETE)

    def _unrecorded(self) -> Iterator[tuple[Target, Unrecorded]]:
        """Yield each configuration that the history lacks, once for each account and Region."""
        seen = set()
        for target in Target.objects.all():
            place = (target.account, target.region)
            if place in seen:
                continue
            found = find_unrecorded(target)
            if isinstance(found, Unknown):
                self._warn(f"{target.name}: can't list configurations. {found.reason}")
                continue
            seen.add(place)
            yield from ((target, one) for one in found)

    def _warn(self, message: str) -> None:
        self.stderr.write(message)
        self.is_complete = False

    def _name(self, found: Unrecorded, target: Target) -> None:
        facts = [f"target {target.name}", f"created at {format_time(found.created_at)}"]
        facts += [found.proof] if found.proof else []
        self.stdout.write(f"Not in the history: {found.arn} ({', '.join(facts)})")

    def _recover(self, arn: str, target: Target, user: User) -> None:
        added = recover_unrecorded(arn, target=target, user=user)
        if isinstance(added, Unknown):
            self._warn(f"{arn}: not recovered. {added.reason}")
        else:
            self.stdout.write(f"Recovered: {arn} (submission {added.pk})")
