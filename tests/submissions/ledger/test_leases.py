"""Of many workers one sends, and what a lost one left is found."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from distui.submissions.ledger.leases import LOST, claim, recover, worker_name
from distui.submissions.models import AttemptResult, Submission, SubmissionState

pytestmark = pytest.mark.django_db

ELSEWHERE = "another-host/1/aaaa"


def test_a_claim_is_written_down_before_it_returns(submission):
    attempt = claim(among=Submission.objects.due(), worker=ELSEWHERE)
    submission.refresh_from_db()
    assert (submission.state, submission.lease_owner) == (SubmissionState.SENDING, ELSEWHERE)
    assert submission.lease_until > timezone.now() + timedelta(seconds=80)
    assert (attempt.number, attempt.outcome) == (1, AttemptResult.UNDER_WAY)


def test_a_claimed_one_is_not_claimed_again(submission):
    assert claim(among=Submission.objects.due(), worker=ELSEWHERE)
    assert (
        claim(among=Submission.objects.filter(state=SubmissionState.PREPARED), worker="other")
        is None
    )


def test_what_is_not_due_is_left(submission):
    Submission.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=1))
    assert claim(among=Submission.objects.due(), worker=ELSEWHERE) is None


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
def test_only_what_waits_is_due(submission, state):
    Submission.objects.update(state=state)
    assert not Submission.objects.due().exists()


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_claim_within_a_transaction(submission):
    with pytest.raises(RuntimeError), transaction.atomic():
        claim(among=Submission.objects.due(), worker=ELSEWHERE)


@pytest.mark.usefixtures("own_database")
def test_of_eight_workers_one_gets_it(submission):
    def work(number):
        try:
            return claim(among=Submission.objects.due(), worker=f"host/{number}/aaaa")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        claims = [attempt for attempt in workers.map(work, range(8)) if attempt]
    assert len(claims) == 1
    assert submission.attempts.count() == 1


def recovered(**lease) -> bool:
    """Whether a claim with this lease counts as left behind."""
    claim(among=Submission.objects.due(), worker=ELSEWHERE)
    Submission.objects.update(**lease)
    return bool(recover(worker=worker_name()))


def test_a_lease_that_ran_out_is_recovered_as_uncertain(submission):
    assert recovered(lease_until=timezone.now() - timedelta(seconds=1))
    submission.refresh_from_db()
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, True)
    assert submission.reason == LOST
    ended = submission.attempts.get()
    assert (ended.outcome, ended.message) == (AttemptResult.UNKNOWN, LOST)
    assert Submission.objects.due().exists()


def test_a_lease_that_runs_on_another_host_is_respected(submission):
    assert not recovered(lease_until=timezone.now() + timedelta(seconds=1))


def test_a_process_of_this_host_that_is_gone_is_not_waited_for(submission):
    pid = os.posix_spawnp("true", ["true"], os.environ)
    os.waitpid(pid, 0)
    assert recovered(lease_owner=f"{socket.gethostname()}/{pid}/aaaa")


def test_a_process_of_this_host_that_runs_is_waited_for(submission):
    assert not recovered(lease_owner=f"{socket.gethostname()}/{os.getppid()}/aaaa")


def test_an_earlier_process_of_the_same_number_is_gone(submission):
    assert recovered(lease_owner=f"{socket.gethostname()}/{os.getpid()}/earlier")
