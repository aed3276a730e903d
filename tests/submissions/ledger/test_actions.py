"""Reopening, resuming, cancelling and abandoning submissions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from distui.aws.results import Found, Rejected, Unknown
from distui.builder.models import Draft
from distui.submissions.ledger.actions import (
    ActionRefused,
    abandon,
    adopt,
    cancel,
    reopen,
    resume,
)
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.retries import MAX_ATTEMPTS
from distui.submissions.models import Attempt, Submission, SubmissionState
from tests.submissions.ledger.sending import send_once, work_once

pytestmark = pytest.mark.django_db

REJECTED = Rejected("InvalidParameterValueException", "No such key.", pointer="/description")


@pytest.fixture
def rejected(submission, aws):
    """Return a submission whose description AWS rejected."""
    aws.responses = [REJECTED]
    work_once()
    submission.refresh_from_db()
    return submission


@pytest.fixture
def uncertain(submission, aws):
    """Return a submission that needs attention and may have been created two minutes ago."""
    aws.responses = [Unknown("Another ARN.", uncertain=True, retry=False, status=200)]
    send_once(submission)
    past = timezone.now() - timedelta(minutes=2)
    Attempt.objects.update(started_at=past, sent_at=past, ended_at=past)
    submission.refresh_from_db()
    return submission


def rejections(draft: Draft) -> list[str]:
    """Return AWS's messages about the draft."""
    return [found.message for found in draft.analyze().findings.all if found.source == "AWS"]


def test_a_rejected_submission_reopens_its_draft(rejected, draft, alice):
    assert reopen(submission=rejected, user=alice) == draft
    assert rejections(Draft.objects.get()) == ["No such key."]


def test_a_changed_draft_is_not_reopened(rejected, draft, alice):
    draft.save_state(draft.state | {"description": "changed"}, revision=draft.revision)
    new = reopen(submission=rejected, user=alice)
    assert new != draft
    assert new.document == sent_document(rejected)
    assert rejections(new) == ["No such key."]


def test_a_deleted_draft_is_created_again(rejected, draft, alice):
    draft.delete()
    rejected.refresh_from_db()
    new = reopen(submission=rejected, user=alice)
    assert new.client_token != rejected.client_token
    assert rejections(new) == ["No such key."]


def test_another_user_gets_a_draft_of_their_own(rejected, draft, bob):
    new = reopen(submission=rejected, user=bob)
    assert (new.owner, new == draft) == (bob, False)
    rejected.refresh_from_db()
    assert rejected.draft == draft


def test_reopening_without_a_rejection_attaches_no_message(submission, alice):
    assert rejections(reopen(submission=submission, user=alice)) == []


def test_a_resumed_submission_keeps_its_token(uncertain, alice, aws):
    resume(submission=uncertain, user=alice)
    work_once()
    uncertain.refresh_from_db()
    assert uncertain.state == SubmissionState.CREATED
    assert aws.bodies == [uncertain.request.encode()] * 2


def test_only_submissions_that_need_attention_are_resumed(submission, alice):
    with pytest.raises(ActionRefused):
        resume(submission=submission, user=alice)


def test_a_cancelled_submission_is_never_sent(submission, alice, aws):
    cancel(submission=submission, user=alice)
    assert not work_once()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CANCELLED


def test_a_claimed_submission_is_not_cancelled(submission, alice):
    claim(among=Submission.objects.due(), worker="host/1/test")
    with pytest.raises(ActionRefused):
        cancel(submission=submission, user=alice)


def test_it_is_abandoned_with_evidence_of_absence(uncertain, alice):
    abandon(submission=uncertain, user=alice)
    uncertain.refresh_from_db()
    assert uncertain.state == SubmissionState.ABANDONED
    assert f"no configuration with this name or {uncertain.predicted_arn}" in uncertain.reason
    assert uncertain.settled_at is not None


def test_it_is_not_abandoned_just_after_a_send(uncertain, alice):
    Attempt.objects.update(ended_at=timezone.now())
    with pytest.raises(ActionRefused, match="last minute"):
        abandon(submission=uncertain, user=alice)


def test_it_is_not_abandoned_while_aws_gives_no_answer(uncertain, alice, aws):
    aws.found = Unknown("AWS can't be reached.", uncertain=False, retry=True)
    with pytest.raises(ActionRefused, match="Can't confirm"):
        abandon(submission=uncertain, user=alice)


def test_it_is_not_abandoned_on_the_word_of_another_account(uncertain, alice, aws):
    aws.account = "999988887777"
    with pytest.raises(ActionRefused, match="999988887777"):
        abandon(submission=uncertain, user=alice)


def test_it_is_not_abandoned_if_the_same_content_exists(uncertain, alice, aws):
    aws.found = Found(sent_document(uncertain), timezone.now() - timedelta(days=1))
    with pytest.raises(ActionRefused, match="Adopt it"):
        abandon(submission=uncertain, user=alice)


def test_it_is_abandoned_if_another_configuration_has_its_name(uncertain, alice, aws):
    aws.found = Found({"name": "other"}, timezone.now())
    abandon(submission=uncertain, user=alice)
    assert uncertain.state == SubmissionState.ABANDONED
    assert "a different configuration" in uncertain.reason


@pytest.mark.parametrize("action", [abandon, adopt])
def test_a_proved_creation_is_recorded(uncertain, alice, aws, action):
    aws.found = Found(sent_document(uncertain), timezone.now() - timedelta(minutes=2))
    action(submission=uncertain, user=alice)
    assert (uncertain.state, uncertain.arn) == (SubmissionState.CREATED, uncertain.predicted_arn)
    assert "its content matches the request" in uncertain.reason


def test_a_user_can_adopt_what_may_be_another_one(uncertain, alice, aws):
    aws.found = Found(sent_document(uncertain), timezone.now() - timedelta(days=1))
    adopt(submission=uncertain, user=alice)
    assert (uncertain.state, uncertain.arn) == (SubmissionState.CREATED, uncertain.predicted_arn)
    assert uncertain.reason.startswith("alice confirmed")


def test_a_missing_configuration_is_not_adopted(uncertain, alice, aws):
    with pytest.raises(ActionRefused, match="does not return"):
        adopt(submission=uncertain, user=alice)
    uncertain.refresh_from_db()
    assert uncertain.state == SubmissionState.ATTENTION


def test_a_resumed_submission_has_all_its_attempts_again(submission, alice, aws):
    throttled = Unknown("Throttled.", uncertain=False, retry=True, status=429)
    aws.responses = [throttled] * (2 * MAX_ATTEMPTS)
    for _ in range(2):
        states = [send_once(submission).state for _ in range(MAX_ATTEMPTS)]
        assert states == ["waiting"] * (MAX_ATTEMPTS - 1) + ["attention"]
        resume(submission=submission, user=alice)
    assert send_once(submission).state == SubmissionState.CREATED


def test_it_is_not_abandoned_while_its_name_is_listed(uncertain, alice, aws):
    aws.listed = [uncertain.name.upper()]
    with pytest.raises(ActionRefused, match="lists"):
        abandon(submission=uncertain, user=alice)
    uncertain.refresh_from_db()
    assert uncertain.state == SubmissionState.ATTENTION


def test_an_unsent_submission_is_abandoned_without_evidence(submission, alice, aws):
    aws.account = "999988887777"
    work_once()
    aws.found = Found({}, timezone.now())
    abandon(submission=submission, user=alice)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.ABANDONED


def test_only_submissions_that_need_attention_are_abandoned(submission, alice):
    with pytest.raises(ActionRefused):
        abandon(submission=submission, user=alice)
