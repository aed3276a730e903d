"""The embedded worker, as a loop with errors and deadlines, and as one that is woken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from distui.submissions.ledger.engines import embedded, sender, wake_ups
from distui.submissions.ledger.engines.embedded import Worker
from distui.submissions.models import Submission, SubmissionState
from tests.aws.raw_server import trickling_server
from tests.factories import make_target, unique_name
from tests.sandbox_process import ROOT
from tests.submissions.ledger.engines.test_contract import submit, wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.process]


def test_errors_are_logged_and_it_continues(monkeypatch, caplog):
    worker = Worker()
    errors = iter([OperationalError("database unavailable"), ValueError("a bug"), None])

    def start_due(threads) -> None:
        if error := next(errors):
            raise error
        worker.stop()

    monkeypatch.setattr(worker, "start_due", start_due)
    monkeypatch.setattr(embedded, "_ERROR_SECONDS", 0)
    worker.run()
    database, bug = caplog.records
    assert database.getMessage() == "The database can't be used: database unavailable. Retrying."
    assert (database.exc_info, bug.exc_info[0]) == (None, ValueError)


def test_a_failed_send_gives_its_place_back(own_database, submission, monkeypatch, caplog):
    monkeypatch.setattr(sender, "send", lambda attempt: 1 / 0)
    worker = Worker()
    with ThreadPoolExecutor() as threads:
        worker.start_due(threads)
    assert caplog.messages == [f"Submission {submission.pk} was not sent."]
    assert worker._sender.running() == set()
    worker._chores.do_due()
    assert Submission.objects.due().get() == submission


def test_it_sends_eight_at_once(own_database, alice, monkeypatch):
    answer = threading.Event()
    monkeypatch.setattr(sender, "send", lambda attempt: answer.wait(30))
    for _ in range(9):
        submit(alice, make_target(), unique_name())
    with ThreadPoolExecutor(9) as threads:
        Worker().start_due(threads)
        assert Submission.objects.filter(state=SubmissionState.SENDING).count() == 8
        answer.set()


@pytest.mark.django_db(transaction=True)
def test_postgresql_wakes_a_waiting_worker(submission):
    if connection.vendor != "postgresql":
        return wake_ups.notify()  # does nothing
    wake = threading.Event()
    with wake_ups.listening(wake):
        deadline = time.monotonic() + 20
        while not wake.wait(0.1):  # until it listens
            assert time.monotonic() < deadline
            wake_ups.notify()
        wake.clear()
        embedded.enqueue(submission.pk)
        assert wake.wait(1)
    return None


# The worker with a deadline of a second instead of 25.
IMPATIENT = """
import sys
from distui.aws import deadline
deadline.SECONDS = 1.0
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "work"])
"""


def test_a_trickling_answer_holds_neither_the_worker_nor_its_end(own_database, alice, tmp_path):
    made = submit(alice, make_target(), unique_name())
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
