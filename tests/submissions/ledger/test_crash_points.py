"""A worker is killed between any two steps; the next worker creates the submission once."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from distui.submissions.ledger import leases, send, transitions
from distui.submissions.ledger.create import create_submission
from distui.submissions.ledger.recovery import recover
from distui.submissions.models import AttemptResult, Submission, SubmissionState
from tests.submissions.ledger import sending
from tests.submissions.ledger.sending import work_once

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Acts like SIGKILL: no application code catches it."""


def die(*_, **__):
    """Kill the process."""
    raise Killed


class Account:
    """An AWS account that can kill the caller before or after it acts, as ``deaths`` says."""

    def __init__(self, fake) -> None:
        self.fake, self.tokens, self.deaths = fake, [], []
        fake.create = self.create

    def create(self, access, body, *, account="", may_send):
        """Return the response, unless the next death comes first."""
        death = self.deaths.pop(0) if self.deaths else None
        if death == "before sending":
            raise Killed
        assert may_send()
        if death == "before acting":
            raise Killed
        self.tokens.append(json.loads(body)["clientToken"])
        if death == "after acting":
            raise Killed
        return self.fake.accepted(body)


@pytest.fixture
def account(aws, monkeypatch):
    """Return an account behind the fake gateway."""
    made = Account(aws)
    monkeypatch.setattr("distui.aws.gateway.create", made.create)
    return made


def run_killed_worker() -> None:
    """Run a worker that is killed."""
    with pytest.raises(Killed):
        work_once()


def next_worker_creates(submission: Submission, sends: int) -> bool:
    """Run a new worker. Return True if it creates it, with that many attempts in all."""
    recover()
    Submission.objects.update(next_attempt_at=timezone.now())  # after many losses it waits
    work_once()
    submission.refresh_from_db()
    return submission.state == SubmissionState.CREATED and submission.attempts.count() == sends


def test_p0_before_the_row_is_committed(draft, target, alice, account, monkeypatch):
    token = draft.client_token
    with monkeypatch.context() as patched:
        patched.setattr("distui.submissions.ledger.create.new_token", die)
        with pytest.raises(Killed):
            create_submission(draft=draft, target=target, user=alice, token=token)
    assert not Submission.objects.exists()
    draft.refresh_from_db()
    assert draft.client_token == token
    again = create_submission(draft=draft, target=target, user=alice, token=token)
    assert next_worker_creates(again, sends=1)


def test_p1_after_the_row_is_committed(submission, account):
    assert next_worker_creates(submission, sends=1)
    assert not submission.uncertain


def test_p2_during_the_claim(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(leases.Attempt.objects, "create", die)
        run_killed_worker()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.PREPARED
    assert next_worker_creates(submission, sends=1)


def test_p2_after_the_claim(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(sending, "send", die)
        run_killed_worker()
    assert next_worker_creates(submission, sends=2)
    assert len(account.tokens) == 1


def test_p2_right_before_sending(submission, account):
    account.deaths = ["before sending"]
    run_killed_worker()
    assert next_worker_creates(submission, sends=2)
    assert not submission.uncertain
    assert len(account.tokens) == 1


@pytest.mark.parametrize(
    ("point", "acted"), [("before acting", 1), ("after acting", 2)], ids=["p3", "p4"]
)
def test_p3_and_p4_while_aws_has_the_request(submission, account, point, acted):
    account.deaths = [point]
    run_killed_worker()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.SENDING
    assert next_worker_creates(submission, sends=2)
    assert account.tokens == [submission.client_token] * acted
    assert submission.uncertain
    assert [attempt.result for attempt in submission.attempts.all()] == [
        AttemptResult.UNKNOWN,
        AttemptResult.ACCEPTED,
    ]


def test_p5_before_the_answer_is_recorded(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(send, "finish_attempt", die)
        run_killed_worker()
    assert next_worker_creates(submission, sends=2)
    assert account.tokens == [submission.client_token] * 2


def test_p6_during_the_transaction_that_records_it(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(transitions, "columns", die)
        run_killed_worker()
    assert submission.attempts.get().result == AttemptResult.UNDER_WAY
    assert next_worker_creates(submission, sends=2)


def test_p7_after_it_was_recorded(submission, draft, target, alice, account):
    assert next_worker_creates(submission, sends=1)
    token = submission.client_token
    assert create_submission(draft=draft, target=target, user=alice, token=token) == submission
    assert not work_once()


def test_r2_killed_again_during_recovery(submission, account, monkeypatch):
    account.deaths = ["after acting", "before acting", "after acting"]
    for _ in range(3):
        run_killed_worker()
    with monkeypatch.context() as patched:
        patched.setattr("distui.submissions.ledger.recovery.timezone.now", die)
        run_killed_worker()
    assert next_worker_creates(submission, sends=4)
    assert set(account.tokens) == {submission.client_token}
