"""The buttons that settle a submission that needs attention, and cancel one that is queued."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from distui.aws.results import Found
from distui.submissions.ledger.create import sent_document
from distui.submissions.models import SubmissionState
from tests.conftest import signed_in
from tests.factories import make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(alice, aws):
    """Return a submission of alice's that needs attention and may exist."""
    return make_submission(alice, state="attention", uncertain=True)


def buttons(client, submission) -> list[str]:
    """Return the actions that the page offers."""
    page = client.get(f"/history/{submission.pk}/").content.decode()
    return re.findall(r'data-action="(resume|adopt|abandon|cancel)"', page)


def press(client, submission, action: str) -> str:
    """Press a button, reload the submission, and return the page that follows."""
    response = client.post(f"/history/{submission.pk}/{action}/", follow=True)
    assert response.status_code == 200
    submission.refresh_from_db()
    return response.content.decode()


def test_the_page_offers_a_way_out(submission, alice_client):
    assert buttons(alice_client, submission) == ["resume", "adopt", "abandon"]
    page = alice_client.get(f"/history/{submission.pk}/").content.decode()
    assert "reconcile" not in page


def test_adopt_is_not_offered_if_nothing_exists(alice, alice_client):
    submission = make_submission(alice, state="attention")
    assert buttons(alice_client, submission) == ["resume", "abandon"]


@pytest.mark.parametrize("state", ["sending", "waiting", "created", "rejected", "abandoned"])
def test_no_other_state_offers_them(alice, alice_client, state):
    assert buttons(alice_client, make_submission(alice, state=state)) == []


def test_it_is_resumed(submission, alice_client):
    press(alice_client, submission, "resume")
    assert submission.state == SubmissionState.WAITING


def test_it_is_abandoned_with_proof(submission, alice_client):
    page = press(alice_client, submission, "abandon")
    assert submission.state == SubmissionState.ABANDONED
    assert "no configuration with this name" in page


def test_it_is_adopted(submission, alice_client, aws):
    aws.found = Found(sent_document(submission), timezone.now() - timedelta(days=1))
    page = press(alice_client, submission, "adopt")
    assert submission.state == SubmissionState.CREATED
    assert f'data-arn="{submission.predicted_arn}"' in page


def test_a_refusal_says_why(submission, alice_client):
    page = press(alice_client, submission, "adopt")
    assert submission.state == SubmissionState.ATTENTION
    assert "AWS does not return" in page


@pytest.mark.parametrize("action", ["resume", "abandon", "adopt", "cancel"])
def test_a_settled_submission_stays_as_it_is(alice, alice_client, aws, action):
    submission = make_submission(alice, state="rejected")
    assert "Reload" in press(alice_client, submission, action)
    assert submission.state == SubmissionState.REJECTED


def test_a_queued_submission_is_cancelled(alice, alice_client):
    submission = make_submission(alice, state="prepared")
    assert buttons(alice_client, submission) == ["cancel"]
    press(alice_client, submission, "cancel")
    assert submission.state == SubmissionState.CANCELLED


@pytest.mark.parametrize("action", ["resume", "abandon", "adopt", "cancel"])
def test_only_its_author_and_administrators_may(submission, bob, charlie, action):
    url = f"/history/{submission.pk}/{action}/"
    assert buttons(signed_in(bob), submission) == []
    assert signed_in(bob).post(url).status_code == 403
    assert signed_in(charlie).post(url).status_code == 404
    assert signed_in(bob).get(url).status_code == 405
    submission.refresh_from_db()
    assert submission.state == SubmissionState.ATTENTION
