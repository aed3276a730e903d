"""The first page: what one was working on."""

from __future__ import annotations

from tests.submissions.rows import document, make_draft, make_submission, make_target


def test_it_offers_a_beginning_where_there_is_no_draft(alice_client):
    page = alice_client.get("/").content.decode()
    assert 'data-action="create"' in page
    assert "/drafts/import/" in page
    assert "Where should your images go?" in page


def test_the_button_makes_a_draft(alice, alice_client):
    answer = alice_client.post("/drafts/new/")
    assert answer.url == f"/drafts/{alice.drafts.get().pk}/"


def test_a_draft_is_listed_with_its_regions_and_its_errors(alice, alice_client):
    regions = ("eu-west-1", "eu-west-2", "us-east-1", "us-west-2", "sa-east-1")
    ready, blank = make_draft(alice, document(regions=regions)), make_draft(alice, {"name": ""})
    page = alice_client.get("/").content.decode()
    assert f'href="/drafts/{ready.pk}/review/"' in page
    assert ">+2<" in page
    assert f'href="/drafts/{blank.pk}/"' in page
    assert "Untitled draft" in page
    assert "2 errors" in page


def test_a_draft_that_was_submitted_says_so_until_it_says_another_thing(alice, alice_client):
    draft = make_draft(alice, document())
    old = make_submission(alice, draft=draft, request=draft.body(), state="rejected")
    new = make_submission(alice, draft=draft, request=draft.body(), state="waiting")
    review = f'href="/drafts/{draft.pk}/review/"'

    def shown():
        drafts = alice_client.get("/").content.decode().partition("Your latest submissions")[0]
        return [review in drafts, *(f'href="/history/{s.pk}/"' in drafts for s in (old, new))]

    assert shown() == [False, False, True]
    draft.save_state(draft.state | {"description": "other"}, revision=draft.revision)
    assert shown() == [True, False, False]


def test_the_editor_says_that_the_draft_was_submitted_as_it_stands(alice, alice_client):
    draft = make_draft(alice, document())
    submission = make_submission(alice, draft=draft, request=draft.body())
    url, told = f"/drafts/{draft.pk}/", f'href="/history/{submission.pk}/"'
    assert told in alice_client.get(url).content.decode()
    draft.save_state(draft.state | {"description": "other"}, revision=draft.revision)
    assert told not in alice_client.get(url).content.decode()


def test_a_name_that_is_taken_where_the_draft_would_go_is_an_error_of_it(alice, alice_client):
    draft = make_draft(alice, document())
    make_target()
    assert "Ready to submit" in alice_client.get("/").content.decode()
    make_submission(alice, name=draft.name)
    assert "1 error" in alice_client.get("/").content.decode()


def test_the_editor_says_that_the_name_is_taken_where_the_draft_would_go(alice, alice_client):
    draft = make_draft(alice, document())
    url = f"/drafts/{draft.pk}/"
    assert "has this one already" not in alice_client.get(url).content.decode()
    submission = make_submission(alice, name=draft.name)
    assert f'href="/history/{submission.pk}/"' in alice_client.get(url).content.decode()
    make_target("another")
    assert "has this one already" not in alice_client.get(url).content.decode()


def test_a_draft_is_deleted_after_one_more_question_and_its_submission_stays(alice, alice_client):
    draft = make_draft(alice, document())
    submission = make_submission(alice, draft=draft, request=draft.body())
    url = f"/drafts/{draft.pk}/delete/"
    assert url in alice_client.get("/").content.decode()
    assert "stays in the history" in alice_client.get(url).content.decode()
    assert alice.drafts.exists()
    assert alice_client.post(url).url == "/"
    assert not alice.drafts.exists()
    submission.refresh_from_db()
    assert submission.name in alice_client.get(f"/history/{submission.pk}/").content.decode()


def test_nobody_deletes_what_is_not_theirs(alice, charlie_client):
    draft = make_draft(alice, document())
    assert charlie_client.post(f"/drafts/{draft.pk}/delete/").status_code == 404
    assert alice.drafts.exists()


def test_it_shows_the_latest_submissions_of_ones_own(alice, bob, bob_client):
    make_submission(alice, name="of alice")
    for number in range(7):
        make_submission(bob, name=f"mine {number}")
    page = bob_client.get("/").content.decode()
    assert "of alice" not in page
    assert [number for number in range(7) if f"mine {number}<" in page] == [2, 3, 4, 5, 6]


def test_many_drafts_come_in_pages(alice, alice_client):
    drafts = [make_draft(alice, document(f"draft {number}")) for number in range(21)]
    first = alice_client.get("/").content.decode()
    assert "draft 20" in first
    assert f"/drafts/{drafts[0].pk}/" not in first
    assert f"?before={drafts[1].pk}" in first
    assert (
        f"/drafts/{drafts[0].pk}/" in alice_client.get(f"/?before={drafts[1].pk}").content.decode()
    )
