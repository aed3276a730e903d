"""The worker's loop, and worker processes that are stopped or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.db import OperationalError

from distui.submissions.ledger.create import create_submission
from distui.submissions.ledger.worker import Worker
from distui.submissions.models import Submission, SubmissionState
from tests.aws.raw_server import trickling_server
from tests.factories import document, make_draft, make_target, unique_name
from tests.sandbox_process import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.process]


def test_it_sends_what_is_due(submission, aws):
    worker = Worker()
    assert worker.run_once()
    assert not worker.run_once()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CREATED


def test_errors_are_logged_and_the_worker_continues(submission, aws, monkeypatch, caplog):
    worker = Worker()
    errors = iter([OperationalError("database unavailable"), ValueError("a bug"), None])

    def run_once() -> bool:
        if error := next(errors):
            raise error
        worker.stop()
        return True

    monkeypatch.setattr(worker, "run_once", run_once)
    monkeypatch.setattr("distui.submissions.ledger.worker._ERROR_SECONDS", 0)
    worker.run()
    assert [record.exc_info[0] for record in caplog.records] == [OperationalError, ValueError]


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
    draft = make_draft(alice, document(unique_name()))
    token = draft.client_token
    return create_submission(draft=draft, target=sandbox_target, user=alice, token=token)


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


# The worker with a deadline of a second instead of 25.
IMPATIENT = """
import sys
from distui.aws import deadline
deadline.SECONDS = 1.0
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "work"])
"""


def test_a_trickling_answer_holds_neither_the_worker_nor_its_end(own_database, alice, tmp_path):
    draft = make_draft(alice, document(unique_name()))
    token = draft.client_token
    made = create_submission(draft=draft, target=make_target(), user=alice, token=token)
    with trickling_server() as url:
        own = {"DATABASE_URL": own_database, "DISTUI_SANDBOX_URL": url}
        env = os.environ | own | {"DISTUI_VAR": str(tmp_path)}
        env |= {"DJANGO_SETTINGS_MODULE": "distui.settings"}
        process = subprocess.Popen([sys.executable, "-c", IMPATIENT], cwd=ROOT, env=env)
        try:
            wait_until(lambda: made.attempts.filter(code="DeadlineExceeded").count() > 1)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    made.refresh_from_db()
    assert (made.state, made.uncertain) == (SubmissionState.WAITING, False)
