"""What people decide about a submission, and what has to be shown for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from distui.aws.results import Found, Rejected, Unknown
from distui.builder.models import Draft
from distui.submissions.ledger.actions import CannotAbandon, abandon, cancel, reopen, resume
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import send
from distui.submissions.ledger.worker import Worker
from distui.submissions.models import Attempt, Submission, SubmissionState

pytestmark = pytest.mark.django_db

REFUSED = Rejected("InvalidParameterValueException", "No such key.", pointer="/description")


@pytest.fixture
def rejected(submission, aws):
    """A submission that AWS refused for its description."""
    aws.answers = [REFUSED]
    Worker().turn()
    submission.refresh_from_db()
    return submission


@pytest.fixture
def unclear(submission, aws):
    """A submission that needs attention and may have been created, tried some minutes ago."""
    aws.answers = [Unknown("Strange.", uncertain=True, retry=False)]
    send(attempt=claim(among=Submission.objects.due(), worker="host/1/test"))
    past = timezone.now() - timedelta(minutes=2)
    Attempt.objects.update(started_at=past, ended_at=past)
    submission.refresh_from_db()
    return submission


def told(draft: Draft) -> list[str]:
    """What AWS says of the draft."""
    return [found.message for found in draft.analyze().findings.all if found.source == "AWS"]


def test_a_refused_one_opens_as_the_draft_that_it_was(rejected, draft, alice):
    assert reopen(submission=rejected, user=alice) == draft
    assert told(Draft.objects.get()) == ["No such key."]


def test_it_opens_as_a_new_draft_where_the_old_one_has_changed(rejected, draft, alice):
    draft.save_state(draft.state | {"description": "now"}, revision=draft.revision)
    new = reopen(submission=rejected, user=alice)
    assert new != draft
    assert new.document == sent_document(rejected)
    assert told(new) == ["No such key."]


def test_it_opens_as_a_new_draft_where_the_old_one_is_gone(rejected, draft, alice):
    draft.delete()
    rejected.refresh_from_db()
    new = reopen(submission=rejected, user=alice)
    assert new.client_token != rejected.client_token
    assert told(new) == ["No such key."]


def test_somebody_else_gets_a_draft_of_their_own(rejected, draft, bob):
    new = reopen(submission=rejected, user=bob)
    assert (new.owner, new == draft) == (bob, False)
    rejected.refresh_from_db()
    assert rejected.draft == draft


def test_reopening_one_that_was_not_refused_tells_nothing(submission, alice):
    assert told(reopen(submission=submission, user=alice)) == []


def test_resumed_it_goes_out_with_its_token(unclear, alice, aws):
    assert resume(submission=unclear, user=alice)
    Worker().turn()
    unclear.refresh_from_db()
    assert unclear.state == SubmissionState.CREATED
    assert aws.bodies == [unclear.request.encode()] * 2


def test_only_what_needs_attention_is_resumed(submission, alice):
    assert not resume(submission=submission, user=alice)


def test_called_off_it_is_never_sent(submission, alice, aws):
    assert cancel(submission=submission, user=alice)
    assert not Worker().turn()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CANCELLED


def test_what_was_claimed_is_not_called_off(submission, alice):
    claim(among=Submission.objects.due(), worker="host/1/test")
    assert not cancel(submission=submission, user=alice)


def test_abandoned_with_the_evidence_of_absence(unclear, alice):
    abandon(submission=unclear, user=alice)
    unclear.refresh_from_db()
    assert unclear.state == SubmissionState.ABANDONED
    assert f"nothing stood under {unclear.predicted_arn}" in unclear.reason
    assert unclear.settled_at is not None


def test_it_is_not_abandoned_while_a_send_may_be_under_way(unclear, alice):
    Attempt.objects.update(ended_at=timezone.now())
    with pytest.raises(CannotAbandon, match="last minute"):
        abandon(submission=unclear, user=alice)


@pytest.mark.parametrize(
    "found",
    [Found({}, timezone.now()), Unknown("AWS can't be reached.", uncertain=False, retry=True)],
)
def test_it_is_not_abandoned_unless_aws_says_that_it_is_absent(unclear, alice, aws, found):
    aws.found = found
    with pytest.raises(CannotAbandon):
        abandon(submission=unclear, user=alice)


def test_it_is_not_abandoned_while_its_name_is_listed(unclear, alice, aws):
    aws.listed = [unclear.name.upper()]
    with pytest.raises(CannotAbandon, match="lists"):
        abandon(submission=unclear, user=alice)
    unclear.refresh_from_db()
    assert unclear.state == SubmissionState.ATTENTION


def test_what_no_attempt_can_have_created_needs_no_evidence(submission, alice, aws):
    aws.account = "999988887777"
    Worker().turn()
    aws.found = Found({}, timezone.now())
    abandon(submission=submission, user=alice)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.ABANDONED


def test_what_needs_no_attention_is_not_abandoned(submission, alice):
    with pytest.raises(CannotAbandon):
        abandon(submission=submission, user=alice)
