"""The home page, and a draft's submission in the editor."""

from __future__ import annotations

import pytest

from distui.builder import analysis
from distui.core.caching import clear_caches
from distui.submissions.models import Decision, Review, SubmissionState
from tests.factories import document, make_draft, make_submission, make_target


def test_without_drafts_it_offers_ways_to_start(alice_client):
    page = alice_client.get("/").content.decode()
    assert 'data-action="create"' in page
    assert "/drafts/import/" in page
    assert "Where should your images go?" in page


def test_the_button_creates_a_draft(alice, alice_client):
    response = alice_client.post("/drafts/new/")
    assert response.url == f"/drafts/{alice.drafts.get().pk}/"


def test_it_lists_drafts_with_regions_and_errors(alice, alice_client):
    regions = ("eu-west-1", "eu-west-2", "us-east-1", "us-west-2", "sa-east-1")
    ready, blank = make_draft(alice, document(regions=regions)), make_draft(alice, {"name": ""})
    page = alice_client.get("/").content.decode()
    assert f'href="/drafts/{ready.pk}/review/"' in page
    assert ">+2<" in page
    assert f'href="/drafts/{blank.pk}/"' in page
    assert "Untitled draft" in page
    assert "2 errors" in page


@pytest.fixture
def checks(monkeypatch):
    """Return a list to which each check of a document adds its name, the caches being empty."""
    names, check = [], analysis.check_under

    def count(document, *args, **kwargs):
        names.append(document["name"])
        return check(document, *args, **kwargs)

    monkeypatch.setattr(analysis, "check_under", count)
    clear_caches()
    return names


def test_a_page_of_drafts_is_checked_once(alice, alice_client, checks):
    for number in range(20):
        make_draft(alice, document(f"draft {number}"))
    for _ in range(2):
        assert "Ready to submit" in alice_client.get("/").content.decode()
    assert sorted(checks) == sorted({*checks})
    assert len(checks) == 20


def test_a_review_checks_once_with_and_without_target(alice, alice_client, checks):
    draft = make_draft(alice, document("a/b"))
    make_target()
    draft.choose_target(str(make_target("another").pk), alice)
    for _ in range(2):
        summary = alice_client.get(f"/drafts/{draft.pk}/review/").context["summary"]
        assert summary.is_blocked
    assert checks == ["a/b", "a/b"]


def test_it_links_a_drafts_submission_until_it_changes(alice, alice_client):
    draft = make_draft(alice, document())
    old = make_submission(alice, draft=draft, request=draft.body(), state="rejected")
    new = make_submission(alice, draft=draft, request=draft.body(), state="waiting")
    review = f'href="/drafts/{draft.pk}/review/"'

    def links():
        drafts = alice_client.get("/").content.decode().partition("Recent submissions")[0]
        return [review in drafts, *(f'href="/history/{s.pk}/"' in drafts for s in (old, new))]

    assert links() == [False, False, True]
    draft.save_state(draft.state | {"description": "other"}, revision=draft.revision)
    assert links() == [True, False, False]


def test_the_editor_links_the_submission_until_it_changes(alice, alice_client):
    draft = make_draft(alice, document())
    submission = make_submission(alice, draft=draft, request=draft.body())
    url, link = f"/drafts/{draft.pk}/", f'href="/history/{submission.pk}/"'
    assert link in alice_client.get(url).content.decode()
    draft.save_state(draft.state | {"description": "other"}, revision=draft.revision)
    assert link not in alice_client.get(url).content.decode()


def test_a_taken_name_counts_as_an_error(alice, alice_client):
    draft = make_draft(alice, document())
    make_target()
    assert "Ready to submit" in alice_client.get("/").content.decode()
    make_submission(alice, name=draft.name, state=SubmissionState.WAITING)
    assert "1 error" in alice_client.get("/").content.decode()


def test_deleting_a_draft_asks_first_and_keeps_submissions(alice, alice_client):
    draft = make_draft(alice, document())
    submission = make_submission(alice, draft=draft, request=draft.body())
    url = f"/drafts/{draft.pk}/delete/"
    assert url in alice_client.get("/").content.decode()
    assert "Its submissions are kept." in alice_client.get(url).content.decode()
    assert alice.drafts.exists()
    assert alice_client.post(url).url == "/"
    assert not alice.drafts.exists()
    submission.refresh_from_db()
    assert submission.name in alice_client.get(f"/history/{submission.pk}/").content.decode()


def test_it_refuses_to_delete_other_peoples_drafts(alice, charlie_client):
    draft = make_draft(alice, document())
    assert charlie_client.post(f"/drafts/{draft.pk}/delete/").status_code == 404
    assert alice.drafts.exists()


def test_it_lists_the_users_recent_submissions(alice, bob, bob_client):
    make_submission(alice, name="of alice")
    for number in range(7):
        make_submission(bob, name=f"mine {number}")
    page = bob_client.get("/").content.decode()
    assert "of alice" not in page
    assert [number for number in range(7) if f"mine {number}<" in page] == [2, 3, 4, 5, 6]


def test_it_paginates_drafts(alice, alice_client):
    drafts = [make_draft(alice, document(f"draft {number}")) for number in range(21)]
    first = alice_client.get("/").content.decode()
    assert "draft 20" in first
    assert f"/drafts/{drafts[0].pk}/" not in first
    assert f"?before={drafts[1].pk}" in first
    assert (
        f"/drafts/{drafts[0].pk}/" in alice_client.get(f"/?before={drafts[1].pk}").content.decode()
    )


def test_another_persons_draft_is_not_paged_from(alice, alice_client, charlie):
    make_draft(alice)
    newest = make_draft(charlie)
    assert b"?after=" not in alice_client.get(f"/?before={newest.pk}").content


def test_the_editor_says_that_work_is_needed(alice, alice_client, bob):
    """It says so until the review is answered, also after the draft was changed."""
    draft = make_draft(alice, document())
    submission = make_submission(alice, draft=draft, request=draft.body())
    url, question = (
        f"/drafts/{draft.pk}/",
        f"bob requested changes to {submission.name}: Add the owner tag",
    )
    assert question not in alice_client.get(url).content.decode()
    review = {"submission": submission, "reviewer": bob, "note": "Add the owner tag"}
    Review.objects.create(decision=Decision.NEEDS_WORK, **review)
    draft.save_state(draft.state | {"description": "other"}, revision=draft.revision)
    page = alice_client.get(url).content.decode()
    assert question in page
    assert f'href="/history/{submission.pk}/#reviews-title"' in page
    home = alice_client.get("/").content.decode()
    assert "bob: Add the owner tag" in home
    assert f'href="/history/{submission.pk}/#reviews-title">Answer the review' in home
    Review.objects.create(decision=Decision.ANSWERED, **review)
    assert question not in alice_client.get(url).content.decode()
