"""A process that ends at each point between two steps; the next one brings it to one creation."""

from __future__ import annotations

import json

import pytest

from distui.submissions.ledger import leases, send, transitions
from distui.submissions.ledger.create import prepare
from distui.submissions.ledger.worker import Worker
from distui.submissions.models import AttemptResult, Submission, SubmissionState

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What SIGKILL is to the code: nothing after it runs."""


def die(*_, **__):
    """The end of the process."""
    raise Killed


class Account:
    """Creates as AWS does: one token, one resource; kills before or after, as told."""

    def __init__(self, fake) -> None:
        self.fake, self.tokens, self.deaths = fake, [], []
        fake.create = self.create

    def create(self, access, body, *, account=""):
        """The answer, unless death comes first."""
        death = self.deaths.pop(0) if self.deaths else None
        if death == "before acting":
            raise Killed
        self.tokens.append(json.loads(body)["clientToken"])
        if death == "after acting":
            raise Killed
        return self.fake.accepted(body)


@pytest.fixture
def account(aws, monkeypatch):
    """The account behind the gateway."""
    held = Account(aws)
    monkeypatch.setattr("distui.aws.gateway.create", held.create)
    return held


def killed_turn() -> None:
    """A worker's turn that doesn't end."""
    with pytest.raises(Killed):
        Worker().turn()


def created_by_the_next_worker(submission: Submission, sends: int) -> bool:
    """A new worker settles it with that many attempts in all."""
    Worker().turn()
    submission.refresh_from_db()
    return submission.state == SubmissionState.CREATED and submission.attempts.count() == sends


def test_p0_before_the_row(draft, target, alice, account, monkeypatch):
    token = draft.client_token
    with monkeypatch.context() as patched:
        patched.setattr("distui.submissions.ledger.create.new_token", die)
        with pytest.raises(Killed):
            prepare(draft=draft, target=target, user=alice, token=token)
    assert not Submission.objects.exists()
    draft.refresh_from_db()
    assert draft.client_token == token
    again = prepare(draft=draft, target=target, user=alice, token=token)
    assert created_by_the_next_worker(again, sends=1)


def test_p1_after_the_row(submission, account):
    assert created_by_the_next_worker(submission, sends=1)
    assert not submission.uncertain


def test_p2_within_the_claim(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(leases.Attempt.objects, "create", die)
        killed_turn()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.PREPARED
    assert created_by_the_next_worker(submission, sends=1)


def test_p2_after_the_claim(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("distui.submissions.ledger.worker.send", die)
        killed_turn()
    assert created_by_the_next_worker(submission, sends=2)
    assert len(account.tokens) == 1


@pytest.mark.parametrize(
    ("point", "acted"), [("before acting", 1), ("after acting", 2)], ids=["p3", "p4"]
)
def test_p3_and_p4_while_aws_has_the_request(submission, account, point, acted):
    account.deaths = [point]
    killed_turn()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.SENDING
    assert created_by_the_next_worker(submission, sends=2)
    assert account.tokens == [submission.client_token] * acted
    assert submission.uncertain
    assert [attempt.outcome for attempt in submission.attempts.all()] == [
        AttemptResult.UNKNOWN,
        AttemptResult.ACCEPTED,
    ]


def test_p5_with_the_answer_in_memory(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(send, "settle", die)
        killed_turn()
    assert created_by_the_next_worker(submission, sends=2)
    assert account.tokens == [submission.client_token] * 2


def test_p6_within_the_transaction_that_settles(submission, account, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(transitions, "_changes", die)
        killed_turn()
    assert submission.attempts.get().outcome == AttemptResult.UNDER_WAY
    assert created_by_the_next_worker(submission, sends=2)


def test_p7_after_it_is_settled(submission, draft, target, alice, account):
    assert created_by_the_next_worker(submission, sends=1)
    token = submission.client_token
    assert prepare(draft=draft, target=target, user=alice, token=token) == submission
    assert not Worker().turn()


def test_r2_killed_again_while_recovering(submission, account, monkeypatch):
    account.deaths = ["after acting", "before acting", "after acting"]
    for _ in range(3):
        killed_turn()
    with monkeypatch.context() as patched:
        patched.setattr("distui.submissions.ledger.leases.timezone.now", die)
        killed_turn()
    assert created_by_the_next_worker(submission, sends=4)
    assert set(account.tokens) == {submission.client_token}
