"""How each response changes a submission."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from distui.aws.results import Absent, Accepted, Found, Rejected, Unknown
from distui.submissions.ledger import send as send_module
from distui.submissions.ledger.leases import LEASE, claim
from distui.submissions.ledger.retries import MAX_ATTEMPTS
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState
from tests.factories import arn_of, document
from tests.submissions.ledger.sending import send_once

pytestmark = pytest.mark.django_db

LOST = Unknown("The connection was lost.", uncertain=True, retry=True, code="ReadTimeoutError")
THROTTLED = Unknown(
    "AWS asked us to slow down.", uncertain=False, retry=True, code="Throttling", status=429
)
STRANGE = Unknown("The response is none that AWS gives.", uncertain=True, retry=False, status=403)
CONTRADICTION = Unknown("Another ARN.", uncertain=True, retry=False, status=200)
OFFLINE = Unknown("AWS can't be reached.", uncertain=False, retry=True, code="Offline")
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


def test_another_arn_does_not_prove_creation(submission, aws):
    aws.responses = [Accepted(arn_of("another"), "request-1", "{}")] * 2
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, True)
    aws.found = own_configuration(submission)
    send_once(submission)
    assert (submission.state, submission.arn) == (SubmissionState.CREATED, submission.predicted_arn)


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


def test_an_unresolvable_retry_needs_attention(submission, aws):
    aws.responses = [CONTRADICTION]
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, True)
    assert submission.reason == CONTRADICTION.reason
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


def test_it_is_only_looked_up_after_the_last_attempt(submission, aws):
    aws.responses = [THROTTLED] * (MAX_ATTEMPTS - 1) + [LOST]
    aws.found = THROTTLED
    for _ in range(MAX_ATTEMPTS + 2):
        send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, True)
    assert len(aws.bodies) == MAX_ATTEMPTS


def test_an_unsent_request_is_tried_until_it_is_sent(submission, aws):
    aws.responses = [OFFLINE] * (3 * MAX_ATTEMPTS)
    for _ in range(3 * MAX_ATTEMPTS):
        send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, False)
    assert "Nothing was sent; distui will retry." in submission.reason
    assert submission.next_attempt_at - timezone.now() <= timedelta(minutes=5)
    age(submission, minutes=120, sent=False)
    aws.responses = [THROTTLED]
    assert send_once(submission).state == SubmissionState.WAITING
    assert send_once(submission).state == SubmissionState.CREATED


def test_a_required_resource_in_use_is_tried_three_times(submission, aws):
    code = "ResourceInUseException"
    aws.responses = [Unknown("In use.", uncertain=False, retry=True, code=code, status=400)] * 3
    states = [send_once(submission).state for _ in range(3)]
    assert states == [SubmissionState.WAITING] * 2 + [SubmissionState.REJECTED]
    assert submission.error_code == code


def own_configuration(submission: Submission, **changed) -> Found:
    """Return what AWS has after the submission was created."""
    return Found(document(submission.name) | {"tags": {}} | changed, timezone.now())


def age(submission: Submission, minutes: int, *, sent: bool = True) -> None:
    """Move the attempts so far into the past; they were sent, or not."""
    past = timezone.now() - timedelta(minutes=minutes)
    times = {"started_at": past, "ended_at": past} | ({"sent_at": past} if sent else {})
    Attempt.objects.filter(submission=submission).update(**times)


def test_rejected_after_a_lost_response_is_created_if_found(submission, aws):
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    aws.found = own_configuration(submission)
    send_once(submission)
    assert (submission.state, submission.arn) == (SubmissionState.CREATED, submission.predicted_arn)
    assert "its content matches the request" in submission.reason
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


def test_rejected_after_a_lost_response_may_wait(submission, aws):
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    aws.found = THROTTLED
    assert send_once(submission).state == SubmissionState.WAITING


def test_an_old_token_is_looked_up_first(submission, aws):
    aws.responses = [LOST]
    send_once(submission)
    age(submission, minutes=61)
    then = submission.attempts.first().started_at
    aws.found = replace(own_configuration(submission), created_at=then)
    assert send_once(submission).state == SubmissionState.CREATED
    assert len(aws.bodies) == 1
    assert submission.attempts.last().result == AttemptResult.LOOKED_UP


def test_a_newer_configuration_is_not_adopted(submission, aws):
    aws.responses = [LOST]
    send_once(submission)
    age(submission, minutes=61)
    aws.found = own_configuration(submission)
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert "outside the time in which this was sent" in submission.reason
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
    target.everyone = False
    target.save()
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


class TakenOver:
    """Another worker gets the submission, before or while its first worker sends it."""

    def __init__(self, aws, monkeypatch, when: str) -> None:
        self.create, self.when = aws.create, when
        monkeypatch.setattr("distui.aws.gateway.create", self)

    def __call__(self, connection, body, *, account, may_send):
        """Create, and let the other worker take over at the planned time."""
        if self.when == "before":
            self.take_over()
            return self.create(connection, body, account=account, may_send=may_send)
        response = self.create(connection, body, account=account, may_send=may_send)
        self.take_over()
        return response

    def take_over(self) -> None:
        Submission.objects.update(lease_owner="host/2/other")


@pytest.mark.parametrize("response", [REJECTED, THROTTLED, LOST, STRANGE])
def test_a_worker_without_the_lease_changes_nothing(submission, aws, monkeypatch, response):
    """It resumes after another worker has taken over."""
    aws.responses = [response]
    TakenOver(aws, monkeypatch, "while")
    send_once(submission)
    assert (submission.state, submission.lease_owner) == (SubmissionState.SENDING, "host/2/other")


def test_a_worker_that_lost_its_lease_sends_nothing(submission, aws, monkeypatch):
    TakenOver(aws, monkeypatch, "before")
    send_once(submission)
    assert (submission.state, submission.lease_owner) == (SubmissionState.SENDING, "host/2/other")
    assert aws.bodies == []
    assert submission.attempts.get().result == AttemptResult.NOT_SENT


def test_a_worker_whose_lease_has_expired_sends_nothing(submission, aws, monkeypatch):
    other = TakenOver(aws, monkeypatch, "before")
    past = timezone.now() - timedelta(seconds=1)
    other.take_over = lambda: Submission.objects.update(lease_expires_at=past)
    send_once(submission)
    assert aws.bodies == []


def test_an_old_lease_is_renewed_before_the_send(submission, aws, monkeypatch):
    """Asking whose credentials they are took 20 seconds."""
    other, seen = TakenOver(aws, monkeypatch, "before"), []
    other.take_over = lambda: seen.append(Submission.objects.get().lease_expires_at)
    attempt = claim(among=Submission.objects.due())
    attempt.started_at -= timedelta(seconds=20)
    Submission.objects.update(lease_expires_at=attempt.started_at + LEASE)
    send_module.send(attempt=attempt)
    assert seen[0] > timezone.now() + LEASE - timedelta(seconds=10)
    assert len(aws.bodies) == 1


@pytest.mark.parametrize("state", sorted(set(SubmissionState) - {SubmissionState.CREATED}))
def test_proof_of_creation_counts_in_every_state(submission, draft, aws, monkeypatch, state):
    draft.attach_rejection("", "Rejected.")
    other = TakenOver(aws, monkeypatch, "while")
    other.take_over = lambda: Submission.objects.update(state=state, lease_owner="")
    send_once(submission)
    assert (submission.state, submission.arn) == (SubmissionState.CREATED, submission.predicted_arn)
    draft.refresh_from_db()
    assert draft.rejections == []


def test_recording_a_creation_reads_no_draft(submission, draft, aws):
    """A draft can be large."""
    with CaptureQueriesContext(connection) as queries:
        send_once(submission)
    assert submission.state == SubmissionState.CREATED
    of_drafts = [query["sql"] for query in queries if '"builder_draft"' in query["sql"]]
    assert [sql.split()[0] for sql in of_drafts] == ["UPDATE"]


def test_a_changed_request_is_not_sent(submission, aws):
    Submission.objects.update(request=submission.request.replace("eu-west-1", "us-east-1"))
    send_once(submission)
    assert (submission.state, aws.bodies) == (SubmissionState.ATTENTION, [])
    assert "SHA-256" in submission.reason


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_kept_until_the_database_takes_it(submission, aws, monkeypatch):
    errors = [OperationalError("disk full"), InterfaceError("connection closed")]
    finish = send_module.finish_attempt

    def fail_twice(**options):
        if errors:
            raise errors.pop()
        finish(**options)

    monkeypatch.setattr(send_module, "finish_attempt", fail_twice)
    monkeypatch.setattr(send_module, "_RECORD_PAUSE", 0)
    assert send_once(submission).state == SubmissionState.CREATED
    assert len(aws.bodies) == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_never_taken_is_given_up(submission, aws, monkeypatch):
    finish = mock.Mock(side_effect=OperationalError("disk full"))
    monkeypatch.setattr(send_module, "finish_attempt", finish)
    monkeypatch.setattr(send_module, "_RECORD_SECONDS", 0.1)
    monkeypatch.setattr(send_module, "_RECORD_PAUSE", 0.02)
    with pytest.raises(OperationalError):
        send_once(submission)
    assert 2 <= finish.call_count <= 6
    submission.refresh_from_db()
    assert (submission.state, len(aws.bodies)) == (SubmissionState.SENDING, 1)
