"""The worker's loop, and what a real one leaves when it is killed at the worst moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.db import OperationalError

from distui.submissions.ledger.create import prepare
from distui.submissions.ledger.worker import Worker
from distui.submissions.models import Submission, SubmissionState
from tests.sandbox_process import ROOT
from tests.submissions.conftest import draft_of

pytestmark = pytest.mark.django_db


def test_a_turn_sends_what_is_due(submission, aws):
    worker = Worker()
    assert worker.turn()
    assert not worker.turn()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CREATED


def test_trouble_is_logged_and_the_worker_goes_on(submission, aws, monkeypatch, caplog):
    worker = Worker()
    turns = iter([OperationalError("the database is away"), ValueError("a bug"), None])

    def turn() -> bool:
        trouble = next(turns)
        if trouble:
            raise trouble
        worker.stop()
        return True

    monkeypatch.setattr(worker, "turn", turn)
    monkeypatch.setattr("distui.submissions.ledger.worker._AFTER_TROUBLE_SECONDS", 0)
    worker.run()
    assert [record.exc_info[0] for record in caplog.records] == [OperationalError, ValueError]


@pytest.fixture
def work(own_database, sandbox, tmp_path):
    """Starts workers as their own processes, on the test's database and the sandbox."""
    own = {
        "DATABASE_URL": own_database,
        "DISTUI_SANDBOX_URL": sandbox.url,
        "DISTUI_VAR": str(tmp_path),
    }
    started = []

    def start() -> subprocess.Popen:
        command = [sys.executable, "manage.py", "work"]
        started.append(
            subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stderr=subprocess.PIPE)
        )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def until(true: Callable[[], object]) -> None:
    """Wait until it is true."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.05)


@pytest.fixture
def on_its_way(work, sandbox_target, alice):
    """A submission to the sandbox, prepared, in a database that the workers share."""
    draft = draft_of(alice)
    return prepare(draft=draft, target=sandbox_target, user=alice, token=draft.client_token)


def created(submission: Submission) -> bool:
    """Whether it has its ARN."""
    submission.refresh_from_db()
    return submission.state == SubmissionState.CREATED


def tokens_sent(sandbox, submission: Submission) -> list[str]:
    """The client tokens with which its name came to the sandbox."""
    return [entry["clientToken"] for entry in sandbox.sends_of(submission.name)]


def test_a_worker_creates_and_ends_cleanly_when_asked(work, on_its_way):
    process = work()
    until(lambda: created(on_its_way))
    process.send_signal(signal.SIGTERM)
    _, chatter = process.communicate(timeout=30)
    assert (process.returncode, chatter) == (0, b"")


def test_asked_to_stop_it_finishes_the_send_that_is_under_way(work, sandbox, on_its_way):
    sandbox.plan({"kind": "delay", "seconds": 1, "name": on_its_way.name})
    process = work()
    until(lambda: tokens_sent(sandbox, on_its_way))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert created(on_its_way)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("faults", "killed_at"),
    [(["delay"], 1), (["drop-after", "delay"], 2), (["truncate-after", "delay"], 2)],
    ids=["before AWS acted", "after a dropped answer", "after a cut answer"],
)
def test_killed_while_sending_the_next_worker_creates_it_once(
    work, sandbox, on_its_way, faults, killed_at
):
    sandbox.plan(*({"kind": kind, "seconds": 2, "name": on_its_way.name} for kind in faults))
    process = work()
    until(lambda: len(tokens_sent(sandbox, on_its_way)) == killed_at)
    process.kill()
    process.communicate()
    on_its_way.refresh_from_db()
    assert (on_its_way.state, on_its_way.arn) == (SubmissionState.SENDING, "")
    work()
    until(lambda: created(on_its_way))
    assert set(tokens_sent(sandbox, on_its_way)) == {on_its_way.client_token}
    assert sandbox.holding(on_its_way.name) == [on_its_way.arn]


@pytest.mark.parametrize("kind", ["throttle", "drop-before", "drop-after", "truncate-after"])
def test_a_fault_on_the_way_ends_in_one_creation(work, sandbox, on_its_way, kind):
    sandbox.plan({"kind": kind, "name": on_its_way.name})
    work()
    until(lambda: created(on_its_way))
    assert tokens_sent(sandbox, on_its_way) == [on_its_way.client_token] * 2
    assert sandbox.holding(on_its_way.name) == [on_its_way.arn]
