"""The contract of every engine: its processes are started, stopped and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from distui.submissions.ledger.create import create_submission
from distui.submissions.models import Submission, SubmissionState
from tests.factories import document, make_draft, make_target, unique_name
from tests.sandbox_process import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture
def work(own_database, sandbox, tmp_path):
    """Start worker processes that use the test's database and the sandbox."""
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


def wait_until(condition: Callable[[], object]) -> None:
    """Wait until the condition is true."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "timed out"
        time.sleep(0.05)


@pytest.fixture
def submission_to_sandbox(work, sandbox_target, alice):
    """Return a queued submission to the sandbox, in the database that the workers use."""
    return submit(alice, sandbox_target, unique_name())


def submit(user, target, name: str) -> Submission:
    """Queue a submission."""
    draft = make_draft(user, document(name))
    return create_submission(draft=draft, target=target, user=user, token=draft.client_token)


def created(submission: Submission) -> bool:
    """Return True if it has been created."""
    submission.refresh_from_db()
    return submission.state == SubmissionState.CREATED


def tokens_sent(sandbox, submission: Submission) -> list[str]:
    """Return the client tokens of the requests that the sandbox received for its name."""
    return [entry["clientToken"] for entry in sandbox.sends_of(submission.name)]


def test_a_worker_creates_and_stops_on_sigterm(work, submission_to_sandbox):
    process = work()
    wait_until(lambda: created(submission_to_sandbox))
    process.send_signal(signal.SIGTERM)
    _, output = process.communicate(timeout=30)
    assert (process.returncode, output) == (0, b"")


def test_a_stopped_worker_finishes_its_current_send(work, sandbox, submission_to_sandbox):
    sandbox.plan({"kind": "delay", "seconds": 1, "name": submission_to_sandbox.name})
    process = work()
    wait_until(lambda: tokens_sent(sandbox, submission_to_sandbox))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert created(submission_to_sandbox)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("faults", "killed_at"),
    [(["delay"], 1), (["drop-after", "delay"], 2), (["truncate-after", "delay"], 2)],
    ids=["before AWS acted", "after a dropped response", "after a cut response"],
)
def test_the_next_worker_creates_it_once_after_a_kill(
    work, sandbox, submission_to_sandbox, faults, killed_at
):
    sandbox.plan(
        *({"kind": kind, "seconds": 2, "name": submission_to_sandbox.name} for kind in faults)
    )
    process = work()
    wait_until(lambda: len(tokens_sent(sandbox, submission_to_sandbox)) == killed_at)
    process.kill()
    process.communicate()
    submission_to_sandbox.refresh_from_db()
    assert (submission_to_sandbox.state, submission_to_sandbox.arn) == (SubmissionState.SENDING, "")
    work()
    wait_until(lambda: created(submission_to_sandbox))
    assert set(tokens_sent(sandbox, submission_to_sandbox)) == {submission_to_sandbox.client_token}
    assert sandbox.arns_of(submission_to_sandbox.name) == [submission_to_sandbox.arn]


@pytest.mark.parametrize("kind", ["throttle", "drop-before", "drop-after", "truncate-after"])
def test_a_network_fault_ends_in_one_creation(work, sandbox, submission_to_sandbox, kind):
    sandbox.plan({"kind": kind, "name": submission_to_sandbox.name})
    work()
    wait_until(lambda: created(submission_to_sandbox))
    assert tokens_sent(sandbox, submission_to_sandbox) == [submission_to_sandbox.client_token] * 2
    assert sandbox.arns_of(submission_to_sandbox.name) == [submission_to_sandbox.arn]


def test_an_account_that_hangs_delays_no_other(work, sandbox, sandbox_target, alice):
    hanging = [unique_name() for _ in range(12)]
    sandbox.plan(*({"kind": "delay", "seconds": 20, "name": name} for name in hanging))
    for name in hanging:
        submit(alice, sandbox_target, name)
    work()
    wait_until(lambda: sandbox.sends_of(hanging[7]))
    other = submit(alice, make_target("other", region="us-east-1"), unique_name())
    wait_until(lambda: created(other))
    assert other.attempts.get().started_at - other.submitted_at < timedelta(seconds=1.5)
