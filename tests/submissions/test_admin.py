"""The admin: reviewers read the history there and leave reviews; nobody changes a record."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import User
from django.utils.html import strip_tags

from distui.submissions.models import Attempt, Review, Submission
from tests.conftest import signed_in
from tests.submissions.rows import make_submission, make_target

LIST = "/admin/submissions/submission/"


@pytest.fixture
def submission(alice):
    """What alice submitted, with one attempt."""
    found = make_submission(alice, name="web-server", request_id="req-1", response='{"a": 1}')
    Attempt.objects.create(submission=found, number=1, outcome="accepted", worker="w")
    return found


@pytest.fixture
def root_client(db):
    """A superuser's client."""
    return signed_in(User.objects.create_superuser("root"))


def page_of(submission, part="change"):
    """The address of one submission's page in the admin."""
    return f"{LIST}{submission.pk}/{part}/"


def listed(answer):
    """The names in the list."""
    return re.findall(r'/change/[^"]*">([^<]+)</a></th>', answer.content.decode())


def test_a_reviewer_finds_the_history(submission, bob_client):
    assert b"Submissions" in bob_client.get("/admin/").content
    assert listed(bob_client.get(LIST)) == ["web-server"]


def test_an_author_has_no_business_there(submission, alice_client):
    assert alice_client.get(LIST).status_code == 302
    assert alice_client.get(page_of(submission)).status_code == 302
    assert alice_client.post(page_of(submission, "review"), {}).status_code == 302


def test_staff_who_review_nothing_see_nothing(submission):
    client = signed_in(User.objects.create_user("staff", is_staff=True))
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(submission)).status_code in (302, 403)
    assert client.post(page_of(submission, "review"), {}).status_code == 404


@pytest.mark.parametrize("text", ["WEB-", "req-1", "distribution-configuration/web", "alice"])
def test_it_is_searched(text, submission, charlie, bob_client):
    make_submission(charlie, name="other")
    assert listed(bob_client.get(f"{LIST}?q={text}")) == ["web-server"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state__exact=rejected", ["other"]),
        ("target__id__exact={target}", ["other"]),
        ("submitted_by__id__exact={person}", ["other"]),
        ("submitted_at__gte=2030-01-01+00:00:00Z", []),
        ("submitted_at__year=2026", ["other", "web-server"]),
        ("review=reviewed", ["other"]),
        ("review=none", ["web-server"]),
    ],
)
def test_it_is_filtered(query, expected, submission, bob, charlie, bob_client):
    target = make_target("production")
    other = make_submission(charlie, name="other", state="rejected", target=target)
    other.reviews.create(verdict="needs-work", reviewer=bob)
    other.reviews.create(verdict="reviewed", reviewer=bob)
    query = query.format(target=target.pk, person=charlie.pk)
    assert listed(bob_client.get(f"{LIST}?{query}")) == expected


def test_the_page_shows_the_request_readably(submission, bob_client):
    page = bob_client.get(page_of(submission)).content.decode()
    assert re.search(r'<pre class="json"[^>]*>{\s*<span class="nt">&quot;name&quot;</span>', page)
    assert '{\n  "a": 1\n}' in html.unescape(strip_tags(page))
    assert submission.arn in page
    assert f'href="/history/{submission.pk}/"' in page
    assert f'href="/history/{submission.pk}.json"' in page


@pytest.mark.parametrize("part", ["list", "page", "note"])
def test_nothing_is_inline(part, submission, bob_client):
    """Neither style nor script, which the content security policy would not run."""
    if part == "note":
        answer = choose(bob_client, "needs_work", submission)
    else:
        answer = bob_client.get(LIST if part == "list" else page_of(submission))
    page = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|json))", page)


@pytest.mark.parametrize("client", ["bob_client", "root_client"])
def test_nobody_adds_changes_or_deletes_a_record(client, submission, request):
    client = request.getfixturevalue(client)
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(page_of(submission), {"name": "forged"}).status_code == 403
    assert client.get(page_of(submission, "delete")).status_code == 403
    assert client.post(page_of(submission, "delete"), {"post": "yes"}).status_code == 403
    choose(client, "delete_selected", submission, post="yes")
    page = client.get(page_of(submission)).content.decode()
    assert 'name="_save"' not in page
    assert "deletelink" not in page
    assert Submission.objects.get().name == "web-server"


@pytest.mark.parametrize("model", ["attempt", "review"])
def test_attempts_and_reviews_have_no_admin_of_their_own(model, submission, root_client):
    assert root_client.get(f"/admin/submissions/{model}/").status_code == 404


def choose(client, action, *submissions, query="", **fields):
    """Run an action on the submissions."""
    chosen = [submission.pk for submission in submissions]
    return client.post(LIST + query, {"action": action, "_selected_action": chosen} | fields)


def test_many_are_marked_as_reviewed_at_once(alice, bob, bob_client):
    rows = [make_submission(alice) for _ in range(60)]
    answer = choose(bob_client, "mark_reviewed", rows[0], select_across="1")
    assert answer.status_code == 302
    assert Review.objects.filter(verdict="reviewed", reviewer=bob).count() == 60


def test_needs_work_asks_for_a_note_first(submission, alice, bob_client):
    other = make_submission(alice, name="another")
    page = choose(bob_client, "needs_work", submission, other).content.decode()
    assert "Review 2 submissions" in page
    assert "another" in page
    assert f'name="_selected_action" value="{submission.pk}"' in page
    assert not Review.objects.exists()


def test_needs_work_leaves_the_note_beside_all(submission, alice, bob, bob_client):
    other = make_submission(alice)
    fields = {"verdict": "needs-work", "note": "Which key?"}
    choose(bob_client, "needs_work", submission, other, **fields)
    found = Review.objects.values_list("submission_id", "verdict", "note", "reviewer_id")
    expected = [(row.pk, "needs-work", "Which key?", bob.pk) for row in (submission, other)]
    assert sorted(found) == expected


def test_needs_work_without_a_note_is_asked_again(submission, bob_client):
    answer = choose(bob_client, "needs_work", submission, verdict="needs-work", note=" ")
    assert answer.status_code == 422
    assert "Say what has to change" in answer.content.decode()
    assert not Review.objects.exists()


def test_all_that_a_filter_shows_are_reviewed_and_no_more(alice, bob_client):
    make_submission(alice, state="rejected")
    made = [make_submission(alice) for _ in range(2)]
    query = "?state__exact=created"
    choose(bob_client, "mark_reviewed", made[0], query=query, select_across="1")
    assert set(Review.objects.values_list("submission_id", flat=True)) == {row.pk for row in made}


def test_one_review_is_left_on_the_submissions_page(submission, bob, bob_client):
    assert b"Leave a review" in bob_client.get(page_of(submission)).content
    fields = {"verdict": "reviewed", "note": "Good.", "reviewer": 1, "at": "2000-01-01"}
    answer = bob_client.post(page_of(submission, "review"), fields)
    assert answer.url == page_of(submission)
    review = Review.objects.get()
    assert (review.verdict, review.note, review.reviewer) == ("reviewed", "Good.", bob)
    assert review.at.year > 2000
    assert b"Good." in bob_client.get(answer.url).content


@pytest.mark.parametrize(
    "fields", [{}, {"verdict": "approved"}, {"verdict": "needs-work"}, {"note": "x" * 5000}]
)
def test_a_review_that_can_t_be_read_is_asked_again(fields, submission, bob_client):
    answer = bob_client.post(page_of(submission, "review"), fields)
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_a_review_is_posted(submission, bob_client):
    assert bob_client.get(page_of(submission, "review")).status_code == 405


@pytest.mark.parametrize("pk", ["0", "9" * 21])
def test_what_is_not_there_can_t_be_reviewed(pk, bob_client):
    assert bob_client.post(f"{LIST}{pk}/review/", {"verdict": "reviewed"}).status_code == 404


def test_nobody_reviews_their_own(bob, bob_client, alice):
    own, other = make_submission(bob), make_submission(alice)
    assert b"Leave a review" not in bob_client.get(page_of(own)).content
    assert bob_client.post(page_of(own, "review"), {"verdict": "reviewed"}).status_code == 403
    choose(bob_client, "mark_reviewed", own, other)
    assert Review.objects.get().submission == other
    assert "submitted yourself" in bob_client.get(LIST).content.decode()


def test_reviews_are_neither_changed_nor_deleted(submission, bob, bob_client):
    review = submission.reviews.create(verdict="reviewed", note="Good.", reviewer=bob)
    fields = {
        "reviews-TOTAL_FORMS": 1,
        "reviews-INITIAL_FORMS": 1,
        "reviews-0-id": review.pk,
        "reviews-0-note": "Bad.",
        "reviews-0-DELETE": "on",
    }
    assert bob_client.post(page_of(submission), fields).status_code == 403
    assert Review.objects.get().note == "Good."
