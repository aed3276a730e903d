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
from django.db import connection

from distui.submissions.heartbeat import workers_alive
from distui.submissions.ledger.create import create_submission
from distui.submissions.models import Submission, SubmissionState
from tests.factories import document, make_draft, make_target, unique_name
from tests.sandbox_process import ROOT
from tests.submissions.brokers import emptied_rabbitmq, redis_server, sqs_server

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture(scope="session")
def redis_directory(tmp_path_factory):
    """Return the folder of Redis's socket: the Celery app of the tests has one URL."""
    return tmp_path_factory.mktemp("redis")


# If set, such as amqp://guest:guest@127.0.0.1//, Celery is tested with it instead of Redis.
RABBITMQ = os.environ.get("DISTUI_TEST_RABBITMQ", "")
# Celery is for several machines, which share a PostgreSQL.
ENGINES = ["embedded", "celery"] if connection.vendor == "postgresql" else ["embedded"]


@pytest.fixture(params=ENGINES)
def engine(request, settings, redis_directory):
    """Return the variables that choose an engine, here with its broker."""
    settings.DISTUI_ENGINE = request.param
    if request.param == "embedded":
        yield {"DISTUI_ENGINE": "embedded"}
        return
    broker = emptied_rabbitmq(RABBITMQ) if RABBITMQ else redis_server(redis_directory)
    with broker as settings.DISTUI_BROKER_URL:
        yield {"DISTUI_ENGINE": "celery", "DISTUI_BROKER_URL": settings.DISTUI_BROKER_URL}


@pytest.fixture
def work(own_database, sandbox, tmp_path):
    """Start worker processes that use the test's database and the sandbox."""
    own = {
        "DATABASE_URL": own_database,
        "DISTUI_SANDBOX_URL": sandbox.url,
        "DISTUI_VAR": str(tmp_path),
    }
    started = []

    def start(engine: dict[str, str]) -> subprocess.Popen:
        command = [sys.executable, "manage.py", "work"]
        env = os.environ | own | engine
        started.append(subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE))
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


def test_a_worker_creates_and_finishes_on_sigterm(work, engine, sandbox, submission_to_sandbox):
    sandbox.plan({"kind": "delay", "seconds": 1, "name": submission_to_sandbox.name})
    process = work(engine)
    wait_until(lambda: tokens_sent(sandbox, submission_to_sandbox))
    process.send_signal(signal.SIGTERM)
    _, output = process.communicate(timeout=30)
    assert created(submission_to_sandbox)
    assert (process.returncode, output.count(b"ERROR"), workers_alive()) == (0, 0, 0)


def test_the_next_worker_creates_it_once_after_a_kill(work, engine, sandbox, submission_to_sandbox):
    name = submission_to_sandbox.name
    sandbox.plan({"kind": "delay", "seconds": 3, "name": name})
    process = work(engine)
    wait_until(lambda: len(tokens_sent(sandbox, submission_to_sandbox)) == 1)
    process.kill()
    process.communicate()
    submission_to_sandbox.refresh_from_db()
    assert (submission_to_sandbox.state, submission_to_sandbox.arn) == (SubmissionState.SENDING, "")
    work(engine)
    wait_until(lambda: created(submission_to_sandbox))
    assert set(tokens_sent(sandbox, submission_to_sandbox)) == {submission_to_sandbox.client_token}
    assert sandbox.arns_of(submission_to_sandbox.name) == [submission_to_sandbox.arn]


def test_an_account_that_hangs_delays_no_other(work, engine, sandbox, sandbox_target, alice):
    hanging = [unique_name() for _ in range(12)]
    sandbox.plan(*({"kind": "delay", "seconds": 20, "name": name} for name in hanging))
    for name in hanging:
        submit(alice, sandbox_target, name)
    work(engine)
    wait_until(lambda: sandbox.sends_of(hanging[7]))
    other = submit(alice, make_target("other", region="us-east-1"), unique_name())
    wait_until(lambda: created(other))
    assert other.attempts.get().started_at - other.submitted_at < timedelta(seconds=1.5)


@pytest.mark.skipif(bool(RABBITMQ), reason="the Celery app of the tests has one URL")
def test_a_dead_broker_delays_and_sqs_delivers(
    work, own_database, settings, redis_directory, sandbox_target, alice, caplog
):
    settings.DISTUI_ENGINE = "celery"
    settings.DISTUI_BROKER_URL = f"redis+socket://{redis_directory}/redis.sock"  # no server yet
    started = time.monotonic()
    submission = submit(alice, sandbox_target, unique_name())
    assert time.monotonic() - started < 15
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        f"Submission {submission.pk} was not announced; it is sent a little later."
    ]
    with sqs_server() as url:
        process = work({"DISTUI_ENGINE": "celery", "DISTUI_BROKER_URL": url})
        wait_until(lambda: created(submission))
        process.kill()
        process.communicate()


@pytest.mark.parametrize("engine", ["celery"], indirect=True)
def test_a_message_has_an_id_and_may_be_doubled(engine, own_database, submission, aws):
    from distui.submissions.ledger.engines.celery import app, submit, sweep

    sweep()
    with app.connection() as connection:
        queue = connection.SimpleQueue("submit")
        messages = [queue.get(timeout=5) for _ in range(2)]
        queue.close()
        other = connection.SimpleQueue("survey")
        with pytest.raises(other.Empty):
            other.get_nowait()
        other.close()
    assert [message.payload[:2] for message in messages] == [[[submission.pk], {}]] * 2
    for pk in (submission.pk, submission.pk, submission.pk + 1):
        submit(pk)
    assert len(aws.bodies) == 1
    assert created(submission)
