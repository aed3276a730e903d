"""How each response changes a submission."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from distui.aws.results import Absent, Found, Rejected, Unknown
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import MAX_ATTEMPTS, send
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState
from tests.submissions.ledger.sending import send_once
from tests.submissions.rows import arn_of, document

pytestmark = pytest.mark.django_db

LOST = Unknown("The connection was lost.", uncertain=True, retry=True, code="ReadTimeoutError")
THROTTLED = Unknown(
    "AWS asked us to slow down.", uncertain=False, retry=True, code="Throttling", status=429
)
STRANGE = Unknown("The response is none that AWS gives.", uncertain=True, retry=False)
REJECTED = Rejected("InvalidParameterValueException", "No such key.", "request-2", "/name", 400)


def test_an_accepted_submission_is_created(submission, aws):
    send_once(submission)
    assert submission.state == SubmissionState.CREATED
    assert submission.arn == submission.predicted_arn == arn_of(submission.name)
    assert (submission.request_id, json.loads(submission.response)["requestId"]) == (
        "request-1",
        "request-1",
    )
    assert submission.settled_at is not None
    assert (submission.lease_owner, submission.lease_expires_at) == ("", None)
    attempt = submission.attempts.get()
    assert (attempt.number, attempt.result, attempt.http_status) == (1, AttemptResult.ACCEPTED, 200)
    assert attempt.ended_at is not None


def test_it_sends_the_stored_body(submission, aws):
    send_once(submission)
    assert aws.bodies == [submission.request.encode()]


def test_a_rejection_is_recorded_and_attached_to_the_draft(submission, draft, aws):
    aws.responses = [REJECTED]
    send_once(submission)
    assert submission.state == SubmissionState.REJECTED
    assert (submission.error_code, submission.error_message, submission.error_pointer) == (
        "InvalidParameterValueException",
        "No such key.",
        "/name",
    )
    assert submission.attempts.get().result == AttemptResult.REJECTED
    draft.refresh_from_db()
    assert [(found.pointer, found.message) for found in draft.analyze().findings.all] == [
        ("/name", "No such key.")
    ]


def test_a_rejection_is_not_attached_to_a_changed_value(submission, draft, aws):
    aws.responses = [REJECTED]
    draft.save_state(draft.state | {"name": "another-name"}, revision=draft.revision)
    send_once(submission)
    draft.refresh_from_db()
    assert draft.analyze().findings.all == ()


def test_a_rejection_without_its_draft_is_recorded(submission, draft, aws):
    aws.responses = [REJECTED]
    draft.delete()
    assert send_once(submission).state == SubmissionState.REJECTED


def test_a_throttled_submission_is_retried(submission, aws):
    aws.responses = [THROTTLED]
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, False)
    assert submission.reason == THROTTLED.reason
    pause = submission.next_attempt_at - timezone.now()
    assert pause <= timedelta(seconds=1)
    assert send_once(submission).state == SubmissionState.CREATED
    assert [attempt.http_status for attempt in submission.attempts.all()] == [429, 200]


def test_a_lost_response_stays_uncertain_until_created(submission, aws):
    aws.responses = [LOST, THROTTLED]
    assert send_once(submission).uncertain
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, True)
    assert send_once(submission).state == SubmissionState.CREATED


def test_token_and_body_are_the_same_in_all_attempts(submission, aws):
    aws.responses = [LOST, THROTTLED, LOST]
    for _ in range(4):
        send_once(submission)
    assert len(aws.bodies) == 4
    assert len(set(aws.bodies)) == 1
    assert json.loads(aws.bodies[0])["clientToken"] == submission.client_token


def test_what_a_retry_cannot_resolve_needs_attention(submission, aws):
    aws.responses = [STRANGE]
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, True)
    assert submission.reason == STRANGE.reason
    assert submission.next_attempt_at is None


def test_it_needs_attention_after_the_last_attempt(submission, aws):
    aws.responses = [THROTTLED] * MAX_ATTEMPTS
    states = [send_once(submission).state for _ in range(MAX_ATTEMPTS)]
    assert states == [SubmissionState.WAITING] * (MAX_ATTEMPTS - 1) + [SubmissionState.ATTENTION]


def test_it_needs_attention_after_the_token_lifetime(submission, aws):
    aws.responses = [THROTTLED, THROTTLED]
    send_once(submission)
    age(submission, minutes=61)
    assert send_once(submission).state == SubmissionState.ATTENTION


def test_it_looks_before_giving_up(submission, aws):
    aws.responses = [LOST] * MAX_ATTEMPTS
    for _ in range(MAX_ATTEMPTS - 1):
        send_once(submission)
    aws.found = own_configuration(submission)
    assert send_once(submission).state == SubmissionState.CREATED


def test_giving_up_keeps_it_uncertain(submission, aws):
    aws.responses = [THROTTLED] * (MAX_ATTEMPTS - 1) + [LOST]
    aws.found = THROTTLED
    for _ in range(MAX_ATTEMPTS):
        send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, True)


def own_configuration(submission: Submission, **changed) -> Found:
    """Return what AWS has after the submission was created."""
    return Found(document(submission.name) | {"tags": {}} | changed, timezone.now())


def age(submission: Submission, minutes: int) -> None:
    """Move the attempts so far into the past."""
    past = timezone.now() - timedelta(minutes=minutes)
    Attempt.objects.filter(submission=submission).update(started_at=past, ended_at=past)


def test_rejected_after_a_lost_response_is_created_if_found(submission, aws):
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    aws.found = own_configuration(submission)
    send_once(submission)
    assert (submission.state, submission.arn) == (SubmissionState.CREATED, submission.predicted_arn)
    assert "its content equals the request" in submission.reason
    assert (submission.error_code, submission.error_message) == ("", "")


@pytest.mark.parametrize(
    "changed",
    [{"description": "another user's"}, {"distributions": []}, {"tags": {"team": "other"}}],
)
def test_a_configuration_that_differs_is_not_adopted(submission, aws, changed):
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    aws.found = own_configuration(submission, **changed)
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert "differs from the request" in submission.reason


def test_an_older_configuration_is_not_adopted(submission, aws):
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    aws.found = Found(own_configuration(submission).document, timezone.now() - timedelta(minutes=6))
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert submission.arn == ""


def test_rejected_after_a_lost_response_needs_attention(submission, aws):
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    send_once(submission)
    assert submission.state == SubmissionState.ATTENTION
    assert submission.error_message == "No such key."


def test_rejected_after_a_lost_response_may_wait(submission, aws):
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    aws.found = THROTTLED
    assert send_once(submission).state == SubmissionState.WAITING


def test_an_old_token_is_not_sent_before_a_look_up(submission, aws):
    aws.responses = [LOST]
    send_once(submission)
    age(submission, minutes=61)
    then = submission.attempts.first().started_at
    aws.found = replace(own_configuration(submission), created_at=then)
    assert send_once(submission).state == SubmissionState.CREATED
    assert len(aws.bodies) == 1
    assert submission.attempts.last().result == AttemptResult.NOT_SENT


def test_a_newer_configuration_is_not_adopted(submission, aws):
    aws.responses = [LOST]
    send_once(submission)
    age(submission, minutes=61)
    aws.found = own_configuration(submission)
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert "not when this request was sent" in submission.reason
    assert len(aws.bodies) == 1


def test_an_old_token_is_sent_if_nothing_is_found(submission, aws):
    aws.responses = [LOST]
    send_once(submission)
    age(submission, minutes=61)
    aws.found = Absent()
    assert send_once(submission).state == SubmissionState.CREATED
    assert len(set(aws.bodies)) == 1
    assert len(aws.bodies) == 2


def test_nothing_is_sent_to_another_account(submission, aws):
    aws.account = "999988887777"
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, False)
    assert "999988887777" in submission.reason
    assert aws.bodies == []
    assert submission.attempts.get().result == AttemptResult.NOT_SENT


def test_nothing_is_sent_while_the_identity_is_unknown(submission, aws):
    aws.identity_response = THROTTLED
    send_once(submission)
    assert (submission.state, aws.bodies) == (SubmissionState.WAITING, [])


def test_nothing_is_sent_to_a_changed_target(submission, target, aws):
    target.region = "us-east-1"
    target.save()
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert aws.bodies == []


def test_nothing_is_sent_without_permission_for_the_target(submission, target, aws):
    target.groups.add(Group.objects.create(name="others"))
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert aws.bodies == []


def test_nothing_is_sent_for_an_inactive_user(submission, alice, aws):
    alice.is_active = False
    alice.save()
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert aws.bodies == []


def test_aws_messages_are_cut_to_fit_the_database(submission, aws):
    aws.responses = [Rejected("X" * 300, "\0\ud800" + "m" * 3_000, "r" * 300, "/name", 400)]
    send_once(submission)
    assert submission.error_message.startswith("\ufffd?mmm")
    assert len(submission.error_message) == 2_000
    assert len(submission.error_code) == len(submission.request_id) == 200


@pytest.mark.parametrize("response", [REJECTED, THROTTLED, LOST, STRANGE])
def test_a_worker_without_the_lease_changes_nothing(submission, aws, response):
    """It resumes after another worker has taken over."""
    lost = claim(among=Submission.objects.filter(pk=submission.pk), worker="host/1/lost")
    Submission.objects.update(lease_owner="host/2/other")
    aws.responses = [response]
    send(attempt=lost)
    submission.refresh_from_db()
    assert (submission.state, submission.lease_owner) == (SubmissionState.SENDING, "host/2/other")


def test_proof_of_creation_counts_without_the_lease(submission, aws):
    lost = claim(among=Submission.objects.filter(pk=submission.pk), worker="host/1/lost")
    Submission.objects.update(lease_owner="host/2/other")
    send(attempt=lost)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CREATED
