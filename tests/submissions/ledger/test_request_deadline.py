"""All calls that a page makes to AWS end together, before the web server ends the request."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from distui.aws import deadline, gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent
from distui.submissions.ledger.actions import ActionRefused, abandon
from distui.submissions.ledger.leases import LEASE
from distui.submissions.ledger.look_up import look_up, name_status
from distui.submissions.models import Submission
from distui.submissions.review.dry_run import problem_in_aws
from distui.targets.models import Target
from tests.aws.raw_server import trickling_server

pytestmark = pytest.mark.django_db


def check_with_aws(submission, user) -> str:
    """Return what *Check with AWS* says."""
    return problem_in_aws(submission.draft, submission.target, user)


def abandon_uncertain(submission, user) -> str:
    """Return why a submission that may exist can't be abandoned."""
    Submission.objects.update(state="attention", uncertain=True)
    submission.refresh_from_db()
    with pytest.raises(ActionRefused) as refused:
        abandon(submission=submission, user=user)
    return refused.value.user_message


@pytest.mark.parametrize("ask", [check_with_aws, name_status, abandon_uncertain])
def test_all_calls_of_a_page_share_a_deadline(ask, submission, alice, monkeypatch):
    monkeypatch.setattr(deadline, "REQUEST_SECONDS", 0.5)
    with trickling_server() as url:
        connection = AwsConnection("eu-west-1", sandbox_url=url)
        monkeypatch.setattr(Target, "connection", lambda *_: connection)
        started = time.monotonic()
        message = ask(submission, alice)
    assert "AWS did not respond in time." in message
    assert time.monotonic() - started < 10


def test_both_calls_of_a_look_up_share_a_deadline(submission, aws, monkeypatch):
    """A lease is renewed once before them."""
    ends = []
    monkeypatch.setattr(
        gateway, "find", lambda *_: ends.append(deadline._ends_at.get()) or Absent()
    )
    monkeypatch.setattr(gateway, "names", lambda *_: ends.append(deadline._ends_at.get()) or [])
    look_up(submission, AwsConnection("eu-west-1"))
    assert ends[0] == ends[1] <= time.monotonic() + deadline.SECONDS
    assert timedelta(seconds=deadline.SECONDS) < LEASE
