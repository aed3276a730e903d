"""``manage.py submit``: submit a draft and send it from this process."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from distui.builder.models import Draft
from distui.submissions.ledger.create import HasErrors, SubmissionRefused, create_submission
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.restored_backup import renew_tokens_if_restored
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission, SubmissionState
from distui.submissions.review.review_summary import makes_public
from distui.targets.models import Target

_REJECTED = 1
_NOT_FOUND = 2
_NOT_SETTLED = 3
_POLL_SECONDS = 0.2
_PUBLIC = "Warning: this makes AMIs public. Anyone with an AWS account can launch them."


class Command(BaseCommand):
    """Exit codes: 0 created, 1 rejected, 2 draft, target or user not found, 3 not settled yet."""

    help = "Submit a draft to a target and print the ARN of the created configuration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the draft, the target, the user and how long to wait."""
        parser.add_argument("draft", type=int, help="ID of the draft.")
        parser.add_argument(
            "--target", required=True, metavar="NAME", help="Name of the target to submit to."
        )
        parser.add_argument(
            "--user",
            required=True,
            metavar="NAME",
            help="User to submit as; must be allowed to edit the draft.",
        )
        parser.add_argument(
            "--wait",
            type=float,
            default=30,
            metavar="SECONDS",
            help="How long to wait for the result (default: %(default)s).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Submit the draft, send it, and report the result."""
        renew_tokens_if_restored()
        name, draft_id, target_name = options["user"], options["draft"], options["target"]
        user = _get_or_fail(User.objects.filter(username=name), f"User “{name}”")
        drafts = Draft.objects.visible_to(user).filter(pk=draft_id)
        draft = _get_or_fail(drafts, f"Draft {draft_id} of user “{name}”")
        targets = Target.objects.usable_by(user).filter(name=target_name)
        target = _get_or_fail(targets, f"Target “{target_name}” for user “{name}”")
        if makes_public(draft.document):
            self.stderr.write(_PUBLIC)
        try:
            submission = create_submission(
                draft=draft, target=target, user=user, token=draft.client_token
            )
        except SubmissionRefused as error:
            self._refuse(error)
        self._report(_send_and_wait(submission, seconds=options["wait"]))

    def _refuse(self, error: SubmissionRefused) -> None:
        for finding in error.findings if isinstance(error, HasErrors) else ():
            self.stderr.write(f"{finding.pointer or '/'}: {finding.message} [{finding.rule}]")
        raise CommandError(str(error), returncode=_REJECTED) from error

    def _report(self, submission: Submission) -> None:
        if submission.state == SubmissionState.CREATED:
            self.stdout.write(submission.arn)
        elif submission.state == SubmissionState.REJECTED:
            self.stderr.write(f"{submission.error_code}: {submission.error_message}")
            sys.exit(_REJECTED)
        elif submission.is_settled:
            self.stderr.write(f"{submission.get_state_display()}: {submission.reason}")
            sys.exit(_REJECTED)
        else:
            self.stderr.write(f"Not settled yet ({submission.state}): {submission.reason}")
            sys.exit(_NOT_SETTLED)


def _get_or_fail(queryset: Any, label: str) -> Any:
    """Return the queryset's object. Raise ``CommandError`` with the label if there is none."""
    found = queryset.first()
    if found is None:
        raise CommandError(f"{label} does not exist.", returncode=_NOT_FOUND)
    return found


def _send_and_wait(submission: Submission, *, seconds: float) -> Submission:
    """Send until the submission is settled, needs attention, or the time is up. Return it."""
    deadline = time.monotonic() + seconds
    while True:
        due = Submission.objects.due().filter(pk=submission.pk)
        if attempt := claim(among=due):
            send(attempt=attempt)
        submission.refresh_from_db()
        if submission.is_settled or submission.state == SubmissionState.ATTENTION:
            return submission
        if time.monotonic() >= deadline:
            return submission
        time.sleep(_POLL_SECONDS)
