"""``manage.py submit``: submits a draft from the command line, sending in its own process."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from distui.builder.models import Draft
from distui.submissions.ledger.create import HasErrors, SubmissionRefused, prepare
from distui.submissions.ledger.leases import claim, worker_name
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission, SubmissionState
from distui.submissions.review.review_summary import makes_public
from distui.targets.models import Target

REJECTED = 1
UNREADABLE = 2
NOT_SETTLED = 3
_POLL_SECONDS = 0.2
_PUBLIC = "This makes AMIs public: every AWS account in the world may launch them."


class Command(BaseCommand):
    """Exit code 0 created, 1 rejected, 2 no such draft, target or user, 3 not settled yet."""

    help = "Submits a draft to a target and prints the ARN."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The draft, where to, and in whose name."""
        parser.add_argument("draft", type=int, help="the draft's id")
        parser.add_argument("--target", required=True, metavar="NAME")
        parser.add_argument("--user", required=True, metavar="NAME")
        parser.add_argument(
            "--wait", type=float, default=30, metavar="SECONDS", help="30 where not given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepares and sends it, and waits for what comes of it."""
        user = _existing(User.objects.filter(username=options["user"]), "user", options["user"])
        drafts = Draft.objects.visible_to(user).filter(pk=options["draft"])
        draft = _existing(drafts, f"draft of {user.get_username()}", options["draft"])
        targets = Target.objects.usable_by(user).filter(name=options["target"])
        target = _existing(targets, f"target for {user.get_username()}", options["target"])
        if makes_public(draft.document):
            self.stderr.write(_PUBLIC)
        try:
            submission = prepare(draft=draft, target=target, user=user, token=draft.client_token)
        except SubmissionRefused as error:
            self._refuse(error)
        self._report(_settled(submission, seconds=options["wait"]))

    def _refuse(self, error: SubmissionRefused) -> None:
        for finding in error.findings if isinstance(error, HasErrors) else ():
            self.stderr.write(f"{finding.pointer or '/'}: {finding.message} [{finding.rule}]")
        raise CommandError(str(error), returncode=REJECTED) from error

    def _report(self, submission: Submission) -> None:
        if submission.state == SubmissionState.CREATED:
            self.stdout.write(submission.arn)
        elif submission.state == SubmissionState.REJECTED:
            self.stderr.write(f"{submission.error_code}: {submission.error_message}")
            sys.exit(REJECTED)
        else:
            self.stderr.write(f"Not settled ({submission.state}): {submission.reason}")
            sys.exit(NOT_SETTLED)


def _existing(found: Any, kind: str, given: object) -> Any:
    one = found.first()
    if one is None:
        raise CommandError(f"There is no {kind} called {given}.", returncode=UNREADABLE)
    return one


def _settled(submission: Submission, *, seconds: float) -> Submission:
    """The submission once it is settled or needs a person, or as it is when the time is over."""
    deadline = time.monotonic() + seconds
    worker = worker_name()
    while True:
        due = Submission.objects.due().filter(pk=submission.pk)
        if attempt := claim(among=due, worker=worker):
            send(attempt=attempt)
        submission.refresh_from_db()
        if submission.settled or submission.state == SubmissionState.ATTENTION:
            return submission
        if time.monotonic() >= deadline:
            return submission
        time.sleep(_POLL_SECONDS)
