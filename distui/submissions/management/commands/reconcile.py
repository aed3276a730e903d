"""``manage.py reconcile``: settle all open submissions now, and name what the history lacks."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from distui.aws.results import Unknown
from distui.submissions.ledger.reconcile.settle import settle_open
from distui.submissions.ledger.reconcile.unrecorded import record, unrecorded_arns
from distui.targets.models import Target

_TIMEOUT = 90.0  # seconds: a send, or the minute between two look-ups
_NOT_FOUND = 2
_SOME_OPEN = 3
_ALL = "all"


class Command(BaseCommand):
    """Exit code 0: all submissions are settled. 2: the user is unknown. 3: some are not settled."""

    help = (
        "Settle every open submission now, without waiting for its next retry, and list the"
        " configurations in AWS that are not in the history, as after restoring a backup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what to add to the history, and in whose name."""
        parser.add_argument(
            "--adopt",
            action="append",
            default=[],
            metavar="ARN",
            help="Add this configuration to the history; may be repeated, or “all”.",
        )
        parser.add_argument("--user", metavar="NAME", help="User to add configurations as.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle what is open; list, or add, what the history lacks; list what is still open."""
        user = User.objects.filter(username=options["user"]).first()
        if options["adopt"] and user is None:
            raise CommandError(
                "--adopt needs the --user of an existing user.", returncode=_NOT_FOUND
            )
        still_open = settle_open(timeout=_TIMEOUT)
        for submission in still_open:
            self.stderr.write(
                f"{submission.pk} {submission.name}: {submission.state}. {submission.reason}"
            )
        if not still_open:
            self.stdout.write("All submissions are settled.")
        for target, arn in self._unrecorded():
            if user and {arn, _ALL} & set(options["adopt"]):
                self._adopt(arn, target, user)
            else:
                self.stdout.write(f"Not in the history: {arn} (target {target.name})")
        if still_open:
            sys.exit(_SOME_OPEN)

    def _unrecorded(self) -> Iterator[tuple[Target, str]]:
        """Yield each configuration that the history lacks, once for each account and Region."""
        seen = set()
        for target in Target.objects.exclude(account=""):
            place = (target.account, target.region)
            if place in seen:
                continue
            arns = unrecorded_arns(target)
            if isinstance(arns, Unknown):
                self.stderr.write(f"{target.name}: can't list configurations. {arns.reason}")
                continue
            seen.add(place)
            yield from ((target, arn) for arn in arns)

    def _adopt(self, arn: str, target: Target, user: User) -> None:
        added = record(arn, target=target, user=user)
        if isinstance(added, Unknown):
            self.stderr.write(f"{arn}: not added. {added.reason}")
        else:
            self.stdout.write(f"Added to the history: {arn} (submission {added.pk})")
