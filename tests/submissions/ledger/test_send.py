"""What each answer makes of a submission."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from distui.aws.results import Absent, Found, Rejected, Unknown
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import MOST_ATTEMPTS, send
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState
from tests.submissions.conftest import arn, document

pytestmark = pytest.mark.django_db

LOST = Unknown("The connection was lost.", uncertain=True, retry=True, code="ReadTimeoutError")
THROTTLED = Unknown(
    "AWS asked us to slow down.", uncertain=False, retry=True, code="Throttling", status=429
)
STRANGE = Unknown("The answer is none that AWS gives.", uncertain=True, retry=False)
REFUSED = Rejected("InvalidParameterValueException", "No such key.", "request-2", "/name", 400)


def attempt(submission: Submission) -> Submission:
    """Send it once, due or not, and read what became of it."""
    claimed = claim(among=Submission.objects.filter(pk=submission.pk), worker="host/1/test")
    assert claimed is not None
    send(attempt=claimed)
    submission.refresh_from_db()
    return submission


def test_accepted_is_created(submission, aws):
    attempt(submission)
    assert submission.state == SubmissionState.CREATED
    assert submission.arn == submission.predicted_arn == arn(submission.name)
    assert (submission.request_id, json.loads(submission.response)["requestId"]) == (
        "request-1",
        "request-1",
    )
    assert submission.settled_at is not None
    assert (submission.lease_owner, submission.lease_until) == ("", None)
    ended = submission.attempts.get()
    assert (ended.number, ended.outcome, ended.status) == (1, AttemptResult.ACCEPTED, 200)
    assert ended.ended_at is not None


def test_it_sends_the_stored_bytes(submission, aws):
    attempt(submission)
    assert aws.bodies == [submission.request.encode()]


def test_refused_is_rejected_and_told_at_the_draft(submission, draft, aws):
    aws.answers = [REFUSED]
    attempt(submission)
    assert submission.state == SubmissionState.REJECTED
    assert (submission.error_code, submission.error_message, submission.error_pointer) == (
        "InvalidParameterValueException",
        "No such key.",
        "/name",
    )
    assert submission.attempts.get().outcome == AttemptResult.REJECTED
    draft.refresh_from_db()
    assert [(found.pointer, found.message) for found in draft.analyze().findings.all] == [
        ("/name", "No such key.")
    ]


def test_a_refusal_is_not_told_of_what_was_changed_meanwhile(submission, draft, aws):
    aws.answers = [REFUSED]
    draft.save_state(draft.state | {"name": "another-name"}, revision=draft.revision)
    attempt(submission)
    draft.refresh_from_db()
    assert draft.analyze().findings.all == []


def test_a_refusal_without_its_draft_is_kept_all_the_same(submission, draft, aws):
    aws.answers = [REFUSED]
    draft.delete()
    assert attempt(submission).state == SubmissionState.REJECTED


def test_a_throttle_waits_and_goes_again(submission, aws):
    aws.answers = [THROTTLED]
    attempt(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, False)
    assert submission.reason == THROTTLED.reason
    pause = submission.next_attempt_at - timezone.now()
    assert pause <= timedelta(seconds=1)
    assert attempt(submission).state == SubmissionState.CREATED
    assert [sent.status for sent in submission.attempts.all()] == [429, 200]


def test_a_lost_answer_stays_uncertain_until_it_is_created(submission, aws):
    aws.answers = [LOST, THROTTLED]
    assert attempt(submission).uncertain
    attempt(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, True)
    assert attempt(submission).state == SubmissionState.CREATED


def test_token_and_bytes_never_change_over_attempts(submission, aws):
    aws.answers = [LOST, THROTTLED, LOST]
    for _ in range(4):
        attempt(submission)
    assert len(aws.bodies) == 4
    assert len(set(aws.bodies)) == 1
    assert json.loads(aws.bodies[0])["clientToken"] == submission.client_token


def test_what_sending_again_cannot_mend_needs_attention(submission, aws):
    aws.answers = [STRANGE]
    attempt(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, True)
    assert submission.reason == STRANGE.reason
    assert submission.next_attempt_at is None


def test_attempts_run_out(submission, aws):
    aws.answers = [THROTTLED] * MOST_ATTEMPTS
    states = [attempt(submission).state for _ in range(MOST_ATTEMPTS)]
    assert states == [SubmissionState.WAITING] * (MOST_ATTEMPTS - 1) + [SubmissionState.ATTENTION]


def test_time_runs_out(submission, aws):
    aws.answers = [THROTTLED, THROTTLED]
    attempt(submission)
    age(submission, minutes=61)
    assert attempt(submission).state == SubmissionState.ATTENTION


def test_before_it_gives_up_it_looks(submission, aws):
    aws.answers = [LOST] * MOST_ATTEMPTS
    for _ in range(MOST_ATTEMPTS - 1):
        attempt(submission)
    aws.found = ours(submission)
    assert attempt(submission).state == SubmissionState.CREATED


def test_giving_up_without_finding_it_stays_uncertain(submission, aws):
    aws.answers = [THROTTLED] * (MOST_ATTEMPTS - 1) + [LOST]
    aws.found = THROTTLED
    for _ in range(MOST_ATTEMPTS):
        attempt(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, True)


def ours(submission: Submission, **changed) -> Found:
    """What stands under the ARN once it is created."""
    held = document(submission.name) | {"tags": {}} | changed
    return Found(held, timezone.now())


def age(submission: Submission, minutes: int) -> None:
    """Let the attempts so far lie back."""
    past = timezone.now() - timedelta(minutes=minutes)
    Attempt.objects.filter(submission=submission).update(started_at=past, ended_at=past)


def test_refused_after_a_lost_answer_is_created_where_it_is_found(submission, aws):
    aws.answers = [LOST, REFUSED]
    attempt(submission)
    aws.found = ours(submission)
    attempt(submission)
    assert (submission.state, submission.arn) == (SubmissionState.CREATED, submission.predicted_arn)
    assert "equals what was sent in every member" in submission.reason
    assert (submission.error_code, submission.error_message) == ("", "")


@pytest.mark.parametrize(
    "changed",
    [{"description": "somebody else's"}, {"distributions": []}, {"tags": {"team": "other"}}],
)
def test_what_differs_in_a_member_is_not_taken_for_ours(submission, aws, changed):
    aws.answers = [LOST, REFUSED]
    attempt(submission)
    aws.found = ours(submission, **changed)
    assert attempt(submission).state == SubmissionState.ATTENTION
    assert "differs from what was sent" in submission.reason


def test_what_is_older_than_the_first_attempt_is_not_taken_for_ours(submission, aws):
    aws.answers = [LOST, REFUSED]
    attempt(submission)
    aws.found = Found(ours(submission).document, timezone.now() - timedelta(minutes=6))
    assert attempt(submission).state == SubmissionState.ATTENTION
    assert submission.arn == ""


def test_refused_after_a_lost_answer_is_never_called_refused(submission, aws):
    aws.answers = [LOST, REFUSED]
    attempt(submission)
    attempt(submission)
    assert submission.state == SubmissionState.ATTENTION
    assert submission.error_message == "No such key."


def test_refused_after_a_lost_answer_waits_where_aws_cannot_be_asked(submission, aws):
    aws.answers = [LOST, REFUSED]
    attempt(submission)
    aws.found = THROTTLED
    assert attempt(submission).state == SubmissionState.WAITING


def test_an_old_token_is_not_sent_before_a_look(submission, aws):
    aws.answers = [LOST]
    attempt(submission)
    age(submission, minutes=61)
    then = submission.attempts.first().started_at
    aws.found = replace(ours(submission), created_at=then)
    assert attempt(submission).state == SubmissionState.CREATED
    assert len(aws.bodies) == 1
    assert submission.attempts.last().outcome == AttemptResult.NOT_SENT


def test_what_was_created_long_after_the_last_send_is_not_ours(submission, aws):
    aws.answers = [LOST]
    attempt(submission)
    age(submission, minutes=61)
    aws.found = ours(submission)
    assert attempt(submission).state == SubmissionState.ATTENTION
    assert "not when this was sent" in submission.reason
    assert len(aws.bodies) == 1


def test_an_old_token_is_sent_again_where_a_look_finds_nothing(submission, aws):
    aws.answers = [LOST]
    attempt(submission)
    age(submission, minutes=61)
    aws.found = Absent()
    assert attempt(submission).state == SubmissionState.CREATED
    assert len(set(aws.bodies)) == 1
    assert len(aws.bodies) == 2


def test_nothing_goes_to_another_account(submission, aws):
    aws.account = "999988887777"
    attempt(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, False)
    assert "999988887777" in submission.reason
    assert aws.bodies == []
    assert submission.attempts.get().outcome == AttemptResult.NOT_SENT


def test_nothing_is_sent_while_nobody_says_whose_credentials_these_are(submission, aws):
    aws.identity_answer = THROTTLED
    attempt(submission)
    assert (submission.state, aws.bodies) == (SubmissionState.WAITING, [])


def test_nothing_goes_to_a_target_that_has_moved(submission, target, aws):
    target.region = "us-east-1"
    target.save()
    assert attempt(submission).state == SubmissionState.ATTENTION
    assert aws.bodies == []


def test_nothing_is_sent_for_who_may_no_longer_use_the_target(submission, target, aws):
    target.groups.add(Group.objects.create(name="others"))
    assert attempt(submission).state == SubmissionState.ATTENTION
    assert aws.bodies == []


def test_nothing_is_sent_for_who_has_left(submission, alice, aws):
    alice.is_active = False
    alice.save()
    assert attempt(submission).state == SubmissionState.ATTENTION
    assert aws.bodies == []


def test_what_aws_says_fits_the_database(submission, aws):
    aws.answers = [Rejected("X" * 300, "\0\ud800" + "m" * 3_000, "r" * 300, "/name", 400)]
    attempt(submission)
    assert submission.error_message.startswith("\ufffd?mmm")
    assert len(submission.error_message) == 2_000
    assert len(submission.error_code) == len(submission.request_id) == 200


@pytest.mark.parametrize("answer", [REFUSED, THROTTLED, LOST, STRANGE])
def test_a_worker_believed_lost_changes_nothing_but_by_a_proof(submission, aws, answer):
    """It wakes up after another has taken over."""
    lost = claim(among=Submission.objects.filter(pk=submission.pk), worker="host/1/lost")
    Submission.objects.update(lease_owner="host/2/other")
    aws.answers = [answer]
    send(attempt=lost)
    submission.refresh_from_db()
    assert (submission.state, submission.lease_owner) == (SubmissionState.SENDING, "host/2/other")


def test_a_proof_counts_whoever_brings_it(submission, aws):
    lost = claim(among=Submission.objects.filter(pk=submission.pk), worker="host/1/lost")
    Submission.objects.update(lease_owner="host/2/other")
    send(attempt=lost)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CREATED
