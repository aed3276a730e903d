"""A submission that is uncertain is settled by looking it up in AWS, without a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from botocore.exceptions import (
    CredentialRetrievalError,
    MetadataRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    UnauthorizedSSOTokenError,
)
from django.utils import timezone

from distui.aws.errors.failures import read_failure
from distui.aws.results import Absent, Found, Rejected, Unknown
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.retries import MAX_ATTEMPTS
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState
from tests.factories import make_submission
from tests.submissions.ledger.sending import send_once

pytestmark = pytest.mark.django_db

LOST = Unknown("The connection was lost.", uncertain=True, retry=True, code="ReadTimeoutError")
PROXY = Unknown("An unknown error.", uncertain=True, retry=False, code="403", status=403)
OFFLINE = Unknown("AWS can't be reached.", uncertain=False, retry=True)
REJECTED = Rejected("InvalidParameterValueException", "No such key.", "request-2", "/name", 400)
EXISTS = Rejected("ResourceAlreadyExistsException", "It exists.", "request-2", "/name", 400)


@pytest.fixture
def refused(submission, aws):
    """Return a submission that was rejected after a lost response."""
    aws.responses = [LOST, REJECTED]
    send_once(submission)
    return send_once(submission)


def minutes_pass(submission: Submission, minutes: float = 1) -> None:
    """Move what is known about absence into the past."""
    past = submission.absent_at - timedelta(minutes=minutes)
    Submission.objects.update(absent_at=past)


def test_absent_once_is_not_enough(refused, aws):
    assert (refused.state, refused.look_up_only) == (SubmissionState.WAITING, True)
    due_in = refused.next_attempt_at - timezone.now()
    assert timedelta(seconds=55) < due_in <= timedelta(seconds=60)
    minutes_pass(refused, 0.5)
    assert send_once(refused).state == SubmissionState.WAITING


def test_absent_twice_a_minute_apart_is_rejected(refused, draft, aws):
    minutes_pass(refused)
    send_once(refused)
    assert (refused.state, refused.error_message) == (SubmissionState.REJECTED, "No such key.")
    assert (refused.error_code, refused.error_pointer) == (REJECTED.code, "/name")
    assert "Nothing was created" in refused.reason
    assert len(aws.bodies) == 2
    assert refused.attempts.last().result == AttemptResult.LOOKED_UP
    draft.refresh_from_db()
    assert [found.message for found in draft.analyze().findings.all] == ["No such key."]


def test_the_name_is_free_after_the_proof(refused, aws):
    minutes_pass(refused)
    send_once(refused)
    assert not Submission.objects.open().exists()


def test_a_configuration_that_appears_in_between_is_adopted(refused, aws):
    minutes_pass(refused)
    aws.found = Found(sent_document(refused), timezone.now())
    assert send_once(refused).state == SubmissionState.CREATED
    assert (refused.error_code, refused.error_message) == ("", "")


def test_a_listed_name_does_not_prove_absence(refused, aws):
    minutes_pass(refused)
    aws.listed = [refused.name.upper()]
    assert send_once(refused).state == SubmissionState.WAITING


def test_a_listed_name_that_is_never_returned_needs_attention(refused, aws):
    minutes_pass(refused)
    past = timezone.now() - timedelta(hours=2)
    Attempt.objects.update(sent_at=past)
    aws.listed = [refused.name]
    assert send_once(refused).state == SubmissionState.ATTENTION


def test_no_answer_does_not_prove_absence(refused, aws):
    minutes_pass(refused)
    for response in (OFFLINE, OFFLINE, OFFLINE):
        aws.found = response
        assert send_once(refused).state == SubmissionState.WAITING
    aws.found = Absent()
    assert send_once(refused).state == SubmissionState.REJECTED


def test_a_clock_set_back_does_not_ask_more_often(refused, aws):
    minutes_pass(refused, -60)
    send_once(refused)
    assert timezone.now() < refused.next_attempt_at <= timezone.now() + timedelta(seconds=60)


def test_the_rejection_is_kept_while_aws_cannot_be_reached(refused, aws):
    minutes_pass(refused)
    aws.identity_response = OFFLINE
    send_once(refused)
    assert (refused.state, refused.look_up_only) == (SubmissionState.WAITING, True)
    aws.identity_response = None
    assert send_once(refused).state == SubmissionState.REJECTED
    assert (refused.error_code, refused.error_message) == (REJECTED.code, "No such key.")


NO_CREDENTIALS = [
    NoCredentialsError(),
    PartialCredentialsError(provider="env", cred_var="AWS_SECRET_ACCESS_KEY"),
    CredentialRetrievalError(provider="container-role", error_msg="It is down."),
    MetadataRetrievalError(error_msg="It is down."),
    ProfileNotFound(profile="production"),
    UnauthorizedSSOTokenError(),
]


@pytest.mark.parametrize("error", NO_CREDENTIALS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=2)])
def test_without_credentials_it_is_tried_until_it_is_settled(submission, aws, error, age):
    aws.responses = [LOST]
    send_once(submission)
    Attempt.objects.update(sent_at=timezone.now() - age)
    aws.identity_response = read_failure(error)
    for _ in range(MAX_ATTEMPTS + 1):
        assert send_once(submission).state == SubmissionState.WAITING
    assert "distui will retry." in submission.reason
    assert submission.next_attempt_at <= timezone.now() + timedelta(minutes=5)
    aws.identity_response = None
    assert send_once(submission).state == SubmissionState.CREATED


@pytest.mark.parametrize("error", NO_CREDENTIALS, ids=lambda error: type(error).__name__)
def test_an_outage_of_credentials_needs_no_person(submission, aws, error):
    aws.identity_response = read_failure(error)
    outage = isinstance(error, CredentialRetrievalError | MetadataRetrievalError)
    state = SubmissionState.WAITING if outage else SubmissionState.ATTENTION
    assert send_once(submission).state == state


def test_an_answer_of_another_account_proves_nothing(refused, aws):
    minutes_pass(refused)
    aws.account = "999988887777"
    assert send_once(refused).state == SubmissionState.ATTENTION


def test_a_new_send_makes_an_earlier_absence_worthless(submission, aws):
    aws.responses = [LOST]
    send_once(submission)
    Submission.objects.update(absent_at=timezone.now() - timedelta(minutes=5))
    aws.responses = [REJECTED]
    assert send_once(submission).state == SubmissionState.WAITING
    assert timezone.now() - submission.absent_at < timedelta(seconds=10)


def test_an_answer_that_proves_nothing_is_settled_by_looking(submission, draft, aws):
    aws.responses = [PROXY]
    assert send_once(submission).look_up_only
    minutes_pass(submission)
    assert send_once(submission).state == SubmissionState.REJECTED
    assert len(aws.bodies) == 1
    draft.refresh_from_db()
    assert draft.rejections


def test_it_is_created_if_the_answer_was_replaced(submission, aws):
    aws.responses = [PROXY]
    aws.found = Found(sent_document(submission), timezone.now())
    assert send_once(submission).state == SubmissionState.CREATED


@pytest.fixture
def without_right(submission, target, aws):
    """Return an uncertain submission whose user may no longer submit to the target."""
    aws.responses = [LOST]
    send_once(submission)
    target.everyone = False
    target.save()
    return submission


def test_looking_needs_no_right_to_send(without_right, aws):
    aws.found = Found(sent_document(without_right), timezone.now())
    assert send_once(without_right).state == SubmissionState.CREATED
    assert len(aws.bodies) == 1


def test_without_the_right_only_a_proof_of_absence_settles_it(without_right, aws):
    assert send_once(without_right).state == SubmissionState.WAITING
    minutes_pass(without_right)
    assert send_once(without_right).state == SubmissionState.REJECTED
    assert len(aws.bodies) == 1


@pytest.mark.parametrize(
    ("found", "state", "text"),
    [
        (Absent(), SubmissionState.REJECTED, "Nothing was created."),
        (OFFLINE, SubmissionState.REJECTED, "Rejected by AWS."),
        (Found({}, timezone.now()), SubmissionState.REJECTED, "another configuration"),
    ],
)
def test_a_rejection_claims_absence_only_after_a_look_up(submission, aws, found, state, text):
    aws.responses, aws.found = [EXISTS], found
    send_once(submission)
    assert submission.state == state
    assert text in submission.reason
    assert ("Nothing was created" in submission.reason) == isinstance(found, Absent)


def test_exactly_this_content_is_never_rejected(submission, draft, aws):
    """AWS has forgotten the token, and a restored database the creation."""
    aws.responses = [EXISTS]
    aws.found = Found(sent_document(submission), timezone.now() - timedelta(days=1))
    send_once(submission)
    assert (submission.state, submission.arn) == (SubmissionState.ATTENTION, "")
    assert "exactly this content" in submission.reason
    draft.refresh_from_db()
    assert draft.rejections


def test_the_same_content_of_another_submission_is_rejected(submission, alice, aws):
    """Someone has submitted a duplicate of the draft before."""
    aws.responses = [EXISTS]
    aws.found = Found(sent_document(submission), timezone.now())
    other = {"name": submission.name, "submitted_at": timezone.now(), "settled_at": timezone.now()}
    make_submission(alice, arn=submission.predicted_arn, **other)
    send_once(submission)
    assert (submission.state, submission.arn) == (SubmissionState.REJECTED, "")
    assert "another configuration" in submission.reason


def test_a_configuration_of_another_submission_is_not_adopted(submission, alice, aws):
    aws.responses = [LOST, EXISTS]
    aws.found = Found(sent_document(submission), timezone.now())
    other = {"name": submission.name, "submitted_at": timezone.now(), "settled_at": timezone.now()}
    number = make_submission(alice, arn=submission.predicted_arn, **other).pk
    send_once(submission)
    send_once(submission)
    assert submission.state == SubmissionState.ATTENTION
    assert f"submission {number} created it" in submission.reason


def test_the_clocks_difference_is_taken_into_account(submission, aws):
    """This host's clock is an hour behind that of AWS, which sends its time with the response."""
    aws.responses = [PROXY]
    created_at = timezone.now() + timedelta(hours=1)
    aws.found = Found(sent_document(submission), created_at, server_time=created_at)
    assert send_once(submission).state == SubmissionState.CREATED


def test_with_the_time_of_aws_a_minute_is_too_early(submission, aws):
    """Another installation may have created it."""
    aws.responses = [PROXY]
    now = timezone.now()
    aws.found = Found(sent_document(submission), now - timedelta(minutes=1), server_time=now)
    assert send_once(submission).state == SubmissionState.ATTENTION


def test_a_creation_between_two_sends_needs_attention(submission, aws):
    aws.responses = [LOST, EXISTS]
    send_once(submission)
    past = timezone.now() - timedelta(minutes=40)
    Attempt.objects.update(sent_at=past, ended_at=past)
    created_at = timezone.now() - timedelta(minutes=20)
    aws.found = Found(sent_document(submission), created_at)
    assert send_once(submission).state == SubmissionState.ATTENTION
    assert "outside the time in which this was sent" in submission.reason
