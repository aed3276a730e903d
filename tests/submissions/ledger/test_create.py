"""Creating submissions: what is stored before the first send, and repeated clicks."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from distui.builder.analysis import Analysis, FindingIndex
from distui.builder.models import Draft
from distui.builder.rule_context import target_context
from distui.submissions.ledger import create
from distui.submissions.ledger.create import (
    HasErrors,
    NameTaken,
    NotOwner,
    StaleToken,
    TokenReused,
    create_submission,
)
from distui.submissions.models import SETTLED, Submission, SubmissionState
from distui.targets.models import Target
from tests.factories import document, make_draft

pytestmark = pytest.mark.django_db


def test_it_stores_the_exact_body_of_the_preview(draft, target, alice):
    body, token = draft.body(), draft.client_token
    stored = create_submission(draft=draft, target=target, user=alice, token=token)
    stored.refresh_from_db()
    assert stored.request == body
    assert stored.request_sha256 == hashlib.sha256(body.encode()).hexdigest()
    assert json.loads(stored.request)["clientToken"] == token == stored.client_token
    assert (stored.account, stored.region, stored.partition) == (
        target.account,
        target.region,
        "aws",
    )


def test_it_gives_the_draft_a_new_token(draft, target, alice):
    token = draft.client_token
    create_submission(draft=draft, target=target, user=alice, token=token)
    assert draft.client_token != token
    assert Draft.objects.get().client_token == draft.client_token


def test_the_same_form_returns_the_same_submission(draft, target, alice):
    token = draft.client_token
    first = create_submission(draft=draft, target=target, user=alice, token=token)
    assert create_submission(draft=draft, target=target, user=alice, token=token) == first
    assert Submission.objects.count() == 1


def test_the_same_form_with_other_content_is_refused(draft, target, alice):
    token = draft.client_token
    first = create_submission(draft=draft, target=target, user=alice, token=token)
    draft.save_state(draft.state | {"description": "changed"}, revision=draft.revision)
    with pytest.raises(TokenReused) as caught:
        create_submission(draft=draft, target=target, user=alice, token=token)
    assert caught.value.submission == first


def test_the_same_form_to_another_target_is_refused(draft, target, alice):
    token = draft.client_token
    create_submission(draft=draft, target=target, user=alice, token=token)
    other = Target.objects.create(name="Other", region="eu-west-1", account="111122223333")
    with pytest.raises(TokenReused):
        create_submission(draft=draft, target=other, user=alice, token=token)


def test_another_users_form_submits_nothing(draft, target, alice, charlie):
    with pytest.raises(NotOwner):
        create_submission(draft=draft, target=target, user=charlie, token=draft.client_token)
    token = draft.client_token
    create_submission(draft=draft, target=target, user=alice, token=token)
    with pytest.raises(NotOwner):
        create_submission(draft=draft, target=target, user=charlie, token=token)


@pytest.mark.parametrize("token", ["", "no-such-token"])
def test_an_unknown_token_submits_nothing(draft, target, alice, token):
    with pytest.raises(StaleToken):
        create_submission(draft=draft, target=target, user=alice, token=token)
    assert not Submission.objects.exists()


def test_a_draft_saved_in_between_is_not_submitted(draft, target, alice):
    other_window = Draft.objects.get(pk=draft.pk)
    other_window.save_state(draft.state | {"description": "unseen"}, revision=draft.revision)
    with pytest.raises(StaleToken):
        create_submission(draft=draft, target=target, user=alice, token=draft.client_token)
    assert not Submission.objects.exists()


def test_a_draft_with_errors_is_refused_with_all_errors(draft, target, alice):
    draft.save_state({"name": "x", "distributions": []}, revision=draft.revision)
    with pytest.raises(HasErrors) as caught:
        create_submission(draft=draft, target=target, user=alice, token=draft.client_token)
    assert {"/name", "/distributions"} <= {found.pointer for found in caught.value.findings}
    assert not Submission.objects.exists()


def test_earlier_rejections_by_aws_do_not_block(draft, target, alice):
    draft.attach_rejection("", "A quota was reached.")
    assert create_submission(draft=draft, target=target, user=alice, token=draft.client_token).pk


def test_the_name_of_an_open_submission_is_taken(submission, target, alice, charlie):
    other = make_draft(charlie, document(submission.name.replace("-", "_").upper()))
    assert submission.normalized_name in target_context(target).names_being_submitted
    with pytest.raises(NameTaken, match="by alice") as caught:
        create_submission(draft=other, target=target, user=charlie, token=other.client_token)
    assert caught.value.submission == submission


@pytest.mark.parametrize("state", SETTLED)
def test_the_name_of_a_settled_submission_is_free(submission, target, alice, state):
    """One that was created may have been deleted in AWS since: AWS knows."""
    arn = submission.predicted_arn if state == SubmissionState.CREATED else ""
    Submission.objects.update(state=state, arn=arn)
    other = make_draft(alice, document(submission.name))
    assert submission.normalized_name not in target_context(target).names_being_submitted
    assert create_submission(draft=other, target=target, user=alice, token=other.client_token).pk


def test_the_database_allows_one_open_submission_per_name(submission, target, alice, monkeypatch):
    """Two windows can both pass the check before either is stored."""
    other = make_draft(alice, document(submission.name))
    monkeypatch.setattr(Draft, "analyze", lambda *_: Analysis({}, {}, FindingIndex(())))
    find, found = create._open_submission, []
    monkeypatch.setattr(
        create,
        "_open_submission",
        lambda *to: found.append(1) or (find(*to) if found[1:] else None),
    )
    with pytest.raises(NameTaken) as caught:
        create_submission(draft=other, target=target, user=alice, token=other.client_token)
    assert caught.value.submission == submission


@pytest.mark.parametrize("settled", [1, 15])
def test_settled_in_between_blocks_nothing(submission, target, alice, monkeypatch, settled):
    """Each of the settled submissions was open at the insert, and settled when it was read."""
    other = make_draft(alice, document(submission.name))
    insert, tries = create._insert, []

    def settle_too_late(*arguments):
        tries.append(1)
        try:
            return insert(*arguments)
        finally:
            if len(tries) == settled:
                Submission.objects.update(state=SubmissionState.REJECTED)

    monkeypatch.setattr(create, "_open_submission", lambda *_: None)
    monkeypatch.setattr(Draft, "analyze", lambda *_: Analysis({}, {}, FindingIndex(())))
    monkeypatch.setattr(create, "_insert", settle_too_late)
    assert create_submission(draft=other, target=target, user=alice, token=other.client_token).pk


@pytest.mark.usefixtures("own_database")
def test_drafts_of_one_name_at_the_same_moment(target, alice):
    """One after another is submitted and settled; the others get an error that names its author."""
    drafts = [make_draft(alice, document("one name")) for _ in range(16)]

    def submit(draft):
        token = draft.client_token
        try:
            made = create_submission(draft=draft, target=target, user=alice, token=token)
            Submission.objects.filter(pk=made.pk).update(state=SubmissionState.REJECTED)
        except (NameTaken, HasErrors):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as windows:
        results = list(windows.map(submit, drafts))
    assert results.count(True) == Submission.objects.count() >= 1


@pytest.mark.parametrize(("state", "arn"), [("created", ""), ("waiting", "arn:aws:x")])
def test_the_database_allows_an_arn_only_if_created(submission, state, arn):
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(state=state, arn=arn)


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_run_in_a_transaction(draft, target, alice):
    with pytest.raises(RuntimeError), transaction.atomic():
        create_submission(draft=draft, target=target, user=alice, token=draft.client_token)


@pytest.mark.usefixtures("own_database")
def test_eight_concurrent_clicks_create_one_submission(draft, target, alice):
    token = draft.client_token

    def click(_):
        try:
            own = Draft.objects.get(pk=draft.pk)
            return create_submission(draft=own, target=target, user=alice, token=token).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clicks:
        made = list(clicks.map(click, range(8)))
    assert len(set(made)) == 1
    assert Submission.objects.count() == 1
