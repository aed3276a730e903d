"""The ledger's metrics."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client import CollectorRegistry

from distui.core.intervals import Interval
from distui.submissions import heartbeat
from distui.submissions.metrics import LedgerCollector
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState
from tests.factories import make_submission


@pytest.fixture
def value_of():
    """Return a function that reads a metric; all of them are read by one collector."""
    registry = CollectorRegistry()
    registry.register(LedgerCollector())
    return lambda name, **labels: registry.get_sample_value(f"distui_{name}", labels)


@pytest.fixture
def add_attempt(submission):
    """Return a function that adds an attempt which started some minutes ago."""

    def add(result, minutes=0, seconds=2):
        number = submission.attempts.count() + 1
        start = timezone.now() - timedelta(minutes=minutes)
        ended = None if result == AttemptResult.UNDER_WAY else start + timedelta(seconds=seconds)
        return Attempt.objects.create(
            submission=submission,
            number=number,
            started_at=start,
            sent_at=start,
            ended_at=ended,
            result=result,
        )

    return add


def test_submissions_are_counted_by_state(value_of, submission):
    assert value_of("submissions", state="prepared") == 1
    Submission.objects.update(state=SubmissionState.CANCELLED)
    assert value_of("submissions", state="prepared") == 0
    assert value_of("submissions", state="cancelled") == 1


def test_the_oldest_due_submission_has_an_age(value_of, submission):
    ago = timezone.now() - timedelta(minutes=2)
    Submission.objects.update(next_attempt_at=ago)
    assert 120 <= value_of("oldest_due_seconds") < 130
    Submission.objects.update(state=SubmissionState.SENDING)
    assert value_of("oldest_due_seconds") == 0


def test_attempts_are_counted_once_by_result(value_of, add_attempt):
    def counts():
        return [value_of("attempts_total", result=name) for name in ("accepted", "unknown")]

    add_attempt(AttemptResult.ACCEPTED, minutes=60)
    assert counts() == [1, 0]
    lost = add_attempt(AttemptResult.UNDER_WAY, minutes=50)
    add_attempt(AttemptResult.ACCEPTED, minutes=40)
    add_attempt(AttemptResult.ACCEPTED)
    assert counts() == counts() == [3, 0]
    Attempt.objects.filter(pk=lost.pk).update(result=AttemptResult.UNKNOWN)
    add_attempt(AttemptResult.UNKNOWN)
    assert counts() == counts() == [3, 2]


def test_final_attempts_are_not_read_again(value_of, add_attempt):
    add_attempt(AttemptResult.ACCEPTED, minutes=60)
    value_of("attempts_total", result="accepted")
    Attempt.objects.all().delete()
    assert value_of("attempts_total", result="accepted") == 1


def test_settled_submissions_are_read_again_after_an_hour(value_of, alice, monkeypatch):
    ago = timezone.now() - timedelta(hours=1)
    states = (SubmissionState.REJECTED, SubmissionState.WAITING, SubmissionState.CREATED)
    first, waiting, _ = [make_submission(alice, state=state, submitted_at=ago) for state in states]
    assert value_of("submissions", state="rejected") == 1
    Submission.objects.filter(pk=waiting.pk).update(state=SubmissionState.ATTENTION)
    first.delete()
    counts = [
        value_of("submissions", state=state) for state in ("rejected", "attention", "created")
    ]
    assert counts == [1, 1, 1]
    monkeypatch.setattr(Interval, "is_due", lambda _: True)
    assert value_of("submissions", state="rejected") == 0


def test_durations_of_attempts(value_of, add_attempt):
    assert value_of("attempt_duration_seconds", quantile="0.5") is None
    for seconds in (1, 2, 3):
        add_attempt(AttemptResult.ACCEPTED, seconds=seconds)
    assert value_of("attempt_duration_seconds", quantile="0.5") == 2
    assert value_of("attempt_duration_seconds", quantile="0.99") == 3


def test_workers_are_counted(value_of, db):
    assert (value_of("workers"), value_of("worker_seen_timestamp_seconds")) == (0, 0)
    heartbeat.beat("one")
    heartbeat.beat("two")
    assert value_of("workers") == 2
    assert timezone.now().timestamp() - value_of("worker_seen_timestamp_seconds") < 10
