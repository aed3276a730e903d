"""A full disk, and a database that stops."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from distui.submissions.ledger import send
from distui.submissions.models import Submission, SubmissionState
from tests.submissions.ledger.sending import send_once

pytestmark = pytest.mark.django_db(transaction=True)


def run_sql(statement: str) -> object:
    """Return the first value of the statement's result."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def fill_disk() -> None:
    """Let SQLite fail as on a full disk: with SQLITE_FULL, where it needs another page."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # else it would use the pages of rows that other tests deleted
    assert run_sql(f"PRAGMA max_page_count = {run_sql('PRAGMA page_count')}")


def empty_disk() -> None:
    """Let the database grow again."""
    run_sql("PRAGMA max_page_count = 1000000")


@pytest.fixture
def full_disk(own_database, monkeypatch):
    """Return a list of the errors of a disk that is full until the second of them."""
    if connection.vendor != "sqlite":
        pytest.skip("The disk of PostgreSQL belongs to its server.")
    errors = []

    def wait(seconds: float) -> None:
        errors.append(seconds)
        if len(errors) == 2:
            empty_disk()

    monkeypatch.setattr(send.time, "sleep", wait)
    monkeypatch.setattr(send, "close_old_connections", lambda: None)
    return errors


def send_again_and_again(submission: Submission) -> None:
    """Send it, as if it had never been created, until an error."""
    for _ in range(100):
        send_once(submission)
        Submission.objects.update(state=SubmissionState.PREPARED, arn="")


def test_an_answer_is_recorded_when_the_disk_has_room(full_disk, submission, aws, monkeypatch):
    def create(*args, **options):
        response = accept(*args, **options)
        fill_disk()
        return response.__class__(response.arn, response.request_id, "x" * 10_000)

    accept = aws.create
    monkeypatch.setattr("distui.aws.gateway.create", create)
    assert send_once(submission).state == SubmissionState.CREATED
    assert len(full_disk) == 2
    assert len(aws.bodies) == 1


def test_nothing_is_claimed_on_a_full_disk(full_disk, submission, aws):
    Submission.objects.update(reason="x" * 3_900)  # the attempt's row needs a page of its own
    fill_disk()
    with pytest.raises(OperationalError, match="full"):
        send_again_and_again(submission)
    empty_disk()
    assert Submission.objects.get().state == SubmissionState.PREPARED
    assert send_once(submission).state == SubmissionState.CREATED


def test_an_answer_survives_a_database_that_stops(submission, aws, monkeypatch, caplog):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server.")

    def create(*args, **options):
        response = accept(*args, **options)
        with pytest.raises(OperationalError):
            run_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return response

    accept = aws.create
    monkeypatch.setattr("distui.aws.gateway.create", create)
    assert send_once(submission).state == SubmissionState.CREATED
    assert any("was not stored; retrying" in message for message in caplog.messages)
    assert len(aws.bodies) == 1
