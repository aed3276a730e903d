"""Without a worker, the submission's page, the readiness check and the log say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from distui.core.intervals import Interval
from distui.people.models import Session
from distui.people.sessions import SessionStore
from distui.submissions import heartbeat
from distui.submissions.ledger.engines.chores import Chores
from distui.submissions.ledger.engines.sender import Sender
from distui.submissions.models import SubmissionState, WorkerHeartbeat

SEEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MISSING = "No worker has been seen since 2026-01-02 03:04:05 UTC."


@pytest.fixture(autouse=True)
def log_interval(monkeypatch):
    """Start each test with a log interval that is due."""
    monkeypatch.setattr(heartbeat, "_log_interval", Interval(60))


@pytest.fixture
def long_gone(db):
    """Make the latest heartbeat an old one."""
    WorkerHeartbeat.objects.create(worker="gone", seen_at=SEEN)


def page_of(client, submission):
    """Return the text of the submission's page."""
    return client.get(f"/history/{submission.pk}/").content.decode()


def test_a_worker_beats(submission):
    Chores(Sender()).do_due()
    assert heartbeat.worker_problem() == ""
    heartbeat.beat("another")
    heartbeat.beat("another")
    assert heartbeat.workers_alive() == WorkerHeartbeat.objects.count() == 2


def test_a_worker_that_has_stopped_is_not_alive(db):
    chores = Chores(Sender())
    chores.do_due()
    chores.stop()
    assert (heartbeat.workers_alive(), heartbeat.worker_problem()) == (0, "")


def test_a_new_worker_forgets_those_of_other_days(long_gone):
    assert heartbeat.workers_alive() == 0
    heartbeat.beat("new")
    assert [row.worker for row in WorkerHeartbeat.objects.all()] == ["new"]


@pytest.mark.django_db
def test_it_says_that_no_worker_was_ever_seen():
    assert heartbeat.worker_problem() == "No worker has been seen yet."


def test_the_page_says_since_when_no_worker_was_seen(long_gone, alice_client, submission):
    assert MISSING in page_of(alice_client, submission)
    heartbeat.beat("worker")
    assert "No worker" not in page_of(alice_client, submission)


def test_an_open_page_is_updated(alice_client, submission):
    heartbeat.beat("worker")
    url = f"/history/{submission.pk}/"
    seen = alice_client.get(url).context["version"]
    WorkerHeartbeat.objects.update(seen_at=SEEN)
    poll = alice_client.get(url, {"seen": seen}, headers={"HX-Request": "true"})
    assert (poll.status_code, MISSING in poll.content.decode()) == (200, True)


def test_a_settled_submission_needs_no_worker(long_gone, alice_client, submission):
    type(submission).objects.update(state=SubmissionState.CANCELLED)
    assert "No worker" not in page_of(alice_client, submission)


def test_the_readiness_check_says_it(long_gone):
    response = Client().get("/readyz")
    assert (response.status_code, response.content.decode()) == (200, f"ok\n{MISSING}\n")


def test_the_log_says_it_once_a_minute(long_gone, caplog):
    heartbeat.worker_problem()
    heartbeat.worker_problem()
    assert caplog.messages == [f"{MISSING} Submissions are not sent."]


def test_a_worker_that_finishes_its_sends_is_seen(long_gone, submission):
    lease = timezone.now() + timedelta(seconds=5)
    type(submission).objects.update(state=SubmissionState.SENDING, lease_expires_at=lease)
    assert heartbeat.worker_problem() == ""
    type(submission).objects.update(lease_expires_at=SEEN)
    assert heartbeat.worker_problem() == MISSING


@pytest.mark.django_db
def test_the_worker_deletes_expired_sessions():
    for seconds in (-1, 60):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.save()
    Chores(Sender()).do_due()
    assert Session.objects.get().session_key == session.session_key
