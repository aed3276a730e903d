"""Reviews on a submission's own page, and answers to them."""

from __future__ import annotations

import pytest

from distui.submissions.models import Review
from tests.factories import make_submission


@pytest.fixture
def submission(alice):
    """Return a created submission of alice."""
    return make_submission(alice)


def post(client, submission, verb, **fields):
    """Post to a page of the submission and return the page that follows."""
    return client.post(f"/history/{submission.pk}/{verb}/", fields, follow=True)


def test_a_reviewer_reviews_on_the_submissions_page(submission, bob, bob_client):
    page = bob_client.get(f"/history/{submission.pk}/").content.decode()
    assert 'data-action="review"' in page
    page = post(bob_client, submission, "review", decision="needs-work", note="Use the key.")
    assert "Marked as needs work." in page.content.decode()
    review = Review.objects.get()
    assert (review.decision, review.note, review.reviewer) == ("needs-work", "Use the key.", bob)


@pytest.mark.parametrize("fields", [{}, {"decision": "needs-work"}, {"decision": "answered"}])
def test_an_invalid_review_is_explained_at_its_field(fields, submission, bob_client):
    page = post(bob_client, submission, "review", **fields)
    assert page.status_code == 422
    assert 'class="field-error"' in page.content.decode()
    assert not Review.objects.exists()


def test_authors_do_not_review_their_own(submission, alice_client):
    assert (
        'data-action="review"'
        not in alice_client.get(f"/history/{submission.pk}/").content.decode()
    )
    assert post(alice_client, submission, "review", decision="reviewed").status_code == 403


@pytest.mark.parametrize(
    ("state", "reloads"), [("waiting", True), ("attention", False), ("created", False)]
)
def test_only_a_page_without_forms_reloads(state, reloads, alice, alice_client, bob_client):
    """Without JavaScript, a reload would discard what is typed in a form."""
    path = f"/history/{make_submission(alice, state=state).pk}/"
    assert ('http-equiv="refresh"' in alice_client.get(path).content.decode()) is reloads
    assert 'http-equiv="refresh"' not in bob_client.get(path).content.decode()


def test_the_author_answers_a_request_for_changes(submission, alice_client, bob, bob_client):
    post(bob_client, submission, "review", decision="needs-work", note="Use the key.")
    page = alice_client.get(f"/history/{submission.pk}/").content.decode()
    assert "Use the key." in page
    assert 'data-action="answer"' in page
    assert "Needs work" in alice_client.get("/history/").content.decode()
    assert post(alice_client, submission, "answer", note="").status_code == 422
    page = post(alice_client, submission, "answer", note="Done in web-2.").content.decode()
    assert "Done in web-2." in page
    assert 'data-action="answer"' not in page
    assert "label-warning" not in alice_client.get("/history/").content.decode()


def test_only_the_author_answers_and_only_once(submission, alice_client, bob_client):
    assert post(alice_client, submission, "answer", note="x").status_code == 403
    post(bob_client, submission, "review", decision="needs-work", note="Use the key.")
    assert post(bob_client, submission, "answer", note="x").status_code == 403
    post(alice_client, submission, "answer", note="x")
    assert post(alice_client, submission, "answer", note="x").status_code == 403
