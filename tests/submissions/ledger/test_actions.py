"""Reopening, resuming, cancelling and abandoning submissions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from distui.aws.results import Found, Rejected, Unknown
from distui.builder.models import Draft
from distui.submissions.ledger.actions import CannotAbandon, abandon, cancel, reopen, resume
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.worker import Worker
from distui.submissions.models import Attempt, Submission, SubmissionState
from tests.submissions.ledger.sending import send_once

pytestmark = pytest.mark.django_db

REJECTED = Rejected("InvalidParameterValueException", "No such key.", pointer="/description")


@pytest.fixture
def rejected(submission, aws):
    """Return a submission whose description AWS rejected."""
    aws.responses = [REJECTED]
    Worker().run_once()
    submission.refresh_from_db()
    return submission


@pytest.fixture
def uncertain(submission, aws):
    """Return a submission that needs attention and may have been created two minutes ago."""
    aws.responses = [Unknown("Strange.", uncertain=True, retry=False)]
    send_once(submission)
    past = timezone.now() - timedelta(minutes=2)
    Attempt.objects.update(started_at=past, ended_at=past)
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
    assert resume(submission=uncertain, user=alice)
    Worker().run_once()
    uncertain.refresh_from_db()
    assert uncertain.state == SubmissionState.CREATED
    assert aws.bodies == [uncertain.request.encode()] * 2


def test_only_submissions_that_need_attention_are_resumed(submission, alice):
    assert not resume(submission=submission, user=alice)


def test_a_cancelled_submission_is_never_sent(submission, alice, aws):
    assert cancel(submission=submission, user=alice)
    assert not Worker().run_once()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CANCELLED


def test_a_claimed_submission_is_not_cancelled(submission, alice):
    claim(among=Submission.objects.due(), worker="host/1/test")
    assert not cancel(submission=submission, user=alice)


def test_it_is_abandoned_with_evidence_of_absence(uncertain, alice):
    abandon(submission=uncertain, user=alice)
    uncertain.refresh_from_db()
    assert uncertain.state == SubmissionState.ABANDONED
    assert f"AWS had no {uncertain.predicted_arn}" in uncertain.reason
    assert uncertain.settled_at is not None


def test_it_is_not_abandoned_just_after_a_send(uncertain, alice):
    Attempt.objects.update(ended_at=timezone.now())
    with pytest.raises(CannotAbandon, match="last minute"):
        abandon(submission=uncertain, user=alice)


@pytest.mark.parametrize(
    "found",
    [Found({}, timezone.now()), Unknown("AWS can't be reached.", uncertain=False, retry=True)],
)
def test_it_is_not_abandoned_unless_aws_reports_it_absent(uncertain, alice, aws, found):
    aws.found = found
    with pytest.raises(CannotAbandon):
        abandon(submission=uncertain, user=alice)


def test_it_is_not_abandoned_while_its_name_is_listed(uncertain, alice, aws):
    aws.listed = [uncertain.name.upper()]
    with pytest.raises(CannotAbandon, match="lists"):
        abandon(submission=uncertain, user=alice)
    uncertain.refresh_from_db()
    assert uncertain.state == SubmissionState.ATTENTION


def test_an_unsent_submission_is_abandoned_without_evidence(submission, alice, aws):
    aws.account = "999988887777"
    Worker().run_once()
    aws.found = Found({}, timezone.now())
    abandon(submission=submission, user=alice)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.ABANDONED


def test_only_submissions_that_need_attention_are_abandoned(submission, alice):
    with pytest.raises(CannotAbandon):
        abandon(submission=submission, user=alice)
