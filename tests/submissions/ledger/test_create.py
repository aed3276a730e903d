"""What is on disk before anything is sent, and what a second click gets."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from distui.builder.models import Draft
from distui.submissions.ledger.create import (
    HasErrors,
    NameTaken,
    NotOwner,
    StaleToken,
    TokenReused,
    context_for,
    prepare,
)
from distui.submissions.models import Submission, SubmissionState
from distui.targets.models import Target
from tests.submissions.conftest import draft_of

pytestmark = pytest.mark.django_db


def test_it_keeps_the_exact_bytes_that_the_preview_shows(draft, target, alice):
    body, token = draft.body(), draft.client_token
    kept = prepare(draft=draft, target=target, user=alice, token=token)
    kept.refresh_from_db()
    assert kept.request == body
    assert kept.request_sha256 == hashlib.sha256(body.encode()).hexdigest()
    assert json.loads(kept.request)["clientToken"] == token == kept.client_token
    assert (kept.account, kept.region, kept.partition) == (target.account, target.region, "aws")


def test_it_gives_the_draft_a_token_for_what_comes_after(draft, target, alice):
    token = draft.client_token
    prepare(draft=draft, target=target, user=alice, token=token)
    assert draft.client_token != token
    assert Draft.objects.get().client_token == draft.client_token


def test_the_same_form_gives_the_same_submission(draft, target, alice):
    token = draft.client_token
    first = prepare(draft=draft, target=target, user=alice, token=token)
    assert prepare(draft=draft, target=target, user=alice, token=token) == first
    assert Submission.objects.count() == 1


def test_the_same_form_with_other_content_is_told_what_was_submitted(draft, target, alice):
    token = draft.client_token
    first = prepare(draft=draft, target=target, user=alice, token=token)
    draft.save_state(draft.state | {"description": "changed"}, revision=draft.revision)
    with pytest.raises(TokenReused) as caught:
        prepare(draft=draft, target=target, user=alice, token=token)
    assert caught.value.submission == first


def test_the_same_form_to_another_target_is_no_second_click(draft, target, alice):
    token = draft.client_token
    prepare(draft=draft, target=target, user=alice, token=token)
    other = Target.objects.create(name="Other", region="eu-west-1", account="111122223333")
    with pytest.raises(TokenReused):
        prepare(draft=draft, target=other, user=alice, token=token)


def test_a_form_of_somebody_else_submits_nothing(draft, target, alice, charlie):
    with pytest.raises(NotOwner):
        prepare(draft=draft, target=target, user=charlie, token=draft.client_token)
    token = draft.client_token
    prepare(draft=draft, target=target, user=alice, token=token)
    with pytest.raises(NotOwner):
        prepare(draft=draft, target=target, user=charlie, token=token)


@pytest.mark.parametrize("token", ["", "no-such-token"])
def test_an_unknown_form_submits_nothing(draft, target, alice, token):
    with pytest.raises(StaleToken):
        prepare(draft=draft, target=target, user=alice, token=token)
    assert not Submission.objects.exists()


def test_a_draft_saved_meanwhile_is_not_sent_unseen(draft, target, alice):
    elsewhere = Draft.objects.get(pk=draft.pk)
    elsewhere.save_state(draft.state | {"description": "unseen"}, revision=draft.revision)
    with pytest.raises(StaleToken):
        prepare(draft=draft, target=target, user=alice, token=draft.client_token)
    assert not Submission.objects.exists()


def test_errors_bar_it_and_are_all_told(draft, target, alice):
    draft.save_state({"name": "x", "distributions": []}, revision=draft.revision)
    with pytest.raises(HasErrors) as caught:
        prepare(draft=draft, target=target, user=alice, token=draft.client_token)
    assert {"/name", "/distributions"} <= {found.pointer for found in caught.value.findings}
    assert not Submission.objects.exists()


def test_what_aws_said_before_does_not_bar_it(draft, target, alice):
    draft.refuse("", "A quota was reached.")
    assert prepare(draft=draft, target=target, user=alice, token=draft.client_token).pk


def test_a_name_under_way_bars_another_draft_of_that_name(submission, target, alice):
    other = draft_of(alice, submission.name.replace("-", "_").upper())
    with pytest.raises(HasErrors) as caught:
        prepare(draft=other, target=target, user=alice, token=other.client_token)
    assert [found.rule for found in caught.value.findings] == ["L064"]


def test_a_name_that_was_refused_is_free(submission, target):
    Submission.objects.update(state=SubmissionState.REJECTED)
    assert submission.normalized_name not in context_for(target).existing_names


def test_the_database_holds_one_open_submission_of_a_name(submission, target, alice, monkeypatch):
    """Two tabs whose rules both saw the name free."""
    other = draft_of(alice, submission.name)
    monkeypatch.setattr(Draft, "findings", lambda *_: [])
    with pytest.raises(NameTaken) as caught:
        prepare(draft=other, target=target, user=alice, token=other.client_token)
    assert caught.value.submission == submission


@pytest.mark.parametrize(("state", "arn"), [("created", ""), ("waiting", "arn:aws:x")])
def test_the_database_ties_the_arn_to_being_created(submission, state, arn):
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(state=state, arn=arn)


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_run_within_a_transaction(draft, target, alice):
    with pytest.raises(RuntimeError), transaction.atomic():
        prepare(draft=draft, target=target, user=alice, token=draft.client_token)


@pytest.mark.usefixtures("own_database")
def test_eight_clicks_at_once_make_one_submission(draft, target, alice):
    token = draft.client_token

    def click(_):
        try:
            own = Draft.objects.get(pk=draft.pk)
            return prepare(draft=own, target=target, user=alice, token=token).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clicks:
        made = list(clicks.map(click, range(8)))
    assert len(set(made)) == 1
    assert Submission.objects.count() == 1
