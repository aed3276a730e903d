"""One of many workers gets a submission, and lost workers' submissions are recovered."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from distui.submissions.ledger.leases import claim, host_id, renew, start_sending, worker_name
from distui.submissions.ledger.recovery import LOST, recover
from distui.submissions.models import AttemptResult, Submission, SubmissionState

pytestmark = pytest.mark.django_db

OTHER_HOST = "another-host/1/aaaa"


def test_a_claim_is_stored_before_it_returns(submission):
    attempt = claim(among=Submission.objects.due(), worker=OTHER_HOST)
    submission.refresh_from_db()
    assert (submission.state, submission.lease_owner) == (SubmissionState.SENDING, OTHER_HOST)
    assert submission.lease_expires_at > timezone.now() + timedelta(seconds=40)
    assert (attempt.number, attempt.result) == (1, AttemptResult.UNDER_WAY)


def test_a_claimed_submission_is_not_claimed_again(submission):
    assert claim(among=Submission.objects.due(), worker=OTHER_HOST)
    assert (
        claim(among=Submission.objects.filter(state=SubmissionState.PREPARED), worker="other")
        is None
    )


def test_a_submission_that_is_not_due_is_not_claimed(submission):
    soon = timezone.now() + timedelta(minutes=1)
    Submission.objects.update(state=SubmissionState.WAITING, next_attempt_at=soon)
    assert claim(among=Submission.objects.due(), worker=OTHER_HOST) is None


@pytest.mark.parametrize("state", [SubmissionState.PREPARED, SubmissionState.WAITING])
def test_a_clock_that_was_an_hour_ahead_delays_nothing(submission, state):
    Submission.objects.update(state=state, next_attempt_at=timezone.now() + timedelta(hours=1))
    assert claim(among=Submission.objects.due(), worker=OTHER_HOST)


@pytest.mark.parametrize(
    "state",
    [
        SubmissionState.SENDING,
        SubmissionState.ATTENTION,
        SubmissionState.REJECTED,
        SubmissionState.ABANDONED,
        SubmissionState.CANCELLED,
    ],
)
def test_other_states_are_not_due(submission, state):
    Submission.objects.update(state=state)
    assert not Submission.objects.due().exists()


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_claim_in_a_transaction(submission):
    with pytest.raises(RuntimeError), transaction.atomic():
        claim(among=Submission.objects.due(), worker=OTHER_HOST)


@pytest.mark.usefixtures("own_database")
def test_one_of_eight_workers_gets_it(submission):
    def work(number):
        try:
            return claim(among=Submission.objects.due(), worker=f"host/{number}/aaaa")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        claims = [attempt for attempt in workers.map(work, range(8)) if attempt]
    assert len(claims) == 1
    assert submission.attempts.count() == 1


def recovered(*, sent=True, **lease) -> bool:
    """Return True if a submission claimed with this lease is recovered."""
    attempt = claim(among=Submission.objects.due(), worker=OTHER_HOST)
    assert not sent or start_sending(attempt)
    Submission.objects.update(**lease)
    return bool(recover())


def test_an_expired_lease_is_recovered_as_uncertain(submission):
    assert recovered(lease_expires_at=timezone.now() - timedelta(seconds=1))
    submission.refresh_from_db()
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, True)
    assert submission.reason == LOST
    ended = submission.attempts.get()
    assert (ended.result, ended.message) == (AttemptResult.UNKNOWN, LOST)
    assert Submission.objects.due().exists()


def test_an_attempt_that_sent_nothing_leaves_no_doubt(submission):
    assert recovered(sent=False, lease_expires_at=timezone.now() - timedelta(seconds=1))
    submission.refresh_from_db()
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, False)
    assert submission.attempts.get().result == AttemptResult.NOT_SENT


def test_a_valid_lease_of_another_host_is_respected(submission):
    assert not recovered(lease_expires_at=timezone.now() + timedelta(seconds=1))


def test_a_lease_from_a_clock_that_was_ahead_is_recovered(submission):
    assert recovered(lease_expires_at=timezone.now() + timedelta(hours=1))


def exited_process() -> int:
    """Return the ID of a process that has exited."""
    pid = os.posix_spawnp("true", ["true"], os.environ)
    os.waitpid(pid, 0)
    return pid


def test_a_lease_of_an_exited_local_process_is_recovered(submission):
    assert recovered(lease_owner=f"{host_id()}/{exited_process()}/aaaa")


def test_a_container_with_the_same_host_name_is_another_host(submission):
    name = f"{socket.gethostname()}-0123abcd"
    assert host_id().startswith(f"{socket.gethostname()}-")
    assert not recovered(lease_owner=f"{name}/{exited_process()}/aaaa")


def test_a_lease_of_a_running_local_process_is_respected(submission):
    assert not recovered(lease_owner=f"{host_id()}/{os.getppid()}/aaaa")


def test_a_lease_with_a_reused_process_id_is_recovered(submission):
    assert recovered(lease_owner=f"{host_id()}/{os.getpid()}/earlier")


def test_a_lease_of_a_running_send_is_respected(submission):
    attempt = claim(among=Submission.objects.due())
    assert not recover(running={attempt.worker})
    assert recover(running={worker_name()}) == 1


def test_each_claim_has_a_lease_of_its_own(submission):
    """Otherwise a thread that hung would continue with the lease of a later attempt."""
    first = claim(among=Submission.objects.due())
    recover()
    second = claim(among=Submission.objects.due())
    assert not renew(first)
    assert renew(second)


def test_later_losses_are_tried_at_different_times(submission, monkeypatch):
    """One of them may have stopped the worker, together with the others."""
    monkeypatch.setattr("random.uniform", lambda least, most: most)
    past = timezone.now() - timedelta(seconds=1)
    for losses in range(1, 5):
        assert recovered(lease_expires_at=past)
        submission.refresh_from_db()
        assert (submission.next_attempt_at > timezone.now()) == (losses > 2)
        Submission.objects.update(next_attempt_at=past)


@pytest.mark.parametrize(("sent", "losses"), [(True, 16), (False, 8)])
def test_a_submission_that_stops_every_worker_needs_attention(submission, sent, losses):
    past = timezone.now() - timedelta(seconds=1)
    for _ in range(losses):
        assert submission.state != SubmissionState.ATTENTION
        assert recovered(sent=sent, lease_expires_at=past)
        Submission.objects.filter(state=SubmissionState.WAITING).update(next_attempt_at=past)
        submission.refresh_from_db()
        assert submission.look_up_only == (sent and submission.attempts.count() >= 8)
    assert submission.state == SubmissionState.ATTENTION
    assert submission.uncertain == sent
