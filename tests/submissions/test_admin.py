"""The submission admin: reviewers read and review records, but can't change them."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import User
from django.utils.html import strip_tags

from distui.submissions.models import Attempt, Review, Submission
from tests.conftest import signed_in
from tests.factories import make_submission, make_target

LIST = "/admin/submissions/submission/"


@pytest.fixture
def submission(alice):
    """Return a submission of alice's with one attempt."""
    found = make_submission(alice, name="web-server", request_id="req-1", response='{"a": 1}')
    Attempt.objects.create(submission=found, number=1, result="accepted", worker="w")
    return found


@pytest.fixture
def root_client(db):
    """Return a superuser's client."""
    return signed_in(User.objects.create_superuser("root"))


def page_of(submission, part="change"):
    """Return the URL of a submission's page in the admin."""
    return f"{LIST}{submission.pk}/{part}/"


def listed_names(response):
    """Return the names in the list."""
    return re.findall(r'/change/[^"]*">([^<]+)</a></th>', response.content.decode())


def test_reviewers_see_the_history(submission, bob_client):
    assert b"Submissions" in bob_client.get("/admin/").content
    assert listed_names(bob_client.get(LIST)) == ["web-server"]


def test_filters_have_readable_titles(alice, submission, bob_client):
    make_submission(alice, name="other")
    page = html.unescape(bob_client.get(LIST).content.decode())
    titles = [" ".join(title.split()) for title in re.findall(r"<summary>([^<]+)", page)]
    assert titles == ["By state", "By review", "By person", "By time of submission"]


def test_the_list_is_sorted_by_the_name_of_the_person(submission, bob_client):
    make_submission(User.objects.create_user("aaron"), name="other")
    assert listed_names(bob_client.get(f"{LIST}?o=5")) == ["other", "web-server"]


def test_authors_have_no_access(submission, alice_client):
    assert alice_client.get(LIST).status_code == 302
    assert alice_client.get(page_of(submission)).status_code == 302
    assert alice_client.post(page_of(submission, "review"), {}).status_code == 302


def test_staff_without_the_role_see_nothing(submission):
    client = signed_in(User.objects.create_user("staff", is_staff=True))
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(submission)).status_code in (302, 403)
    assert client.post(page_of(submission, "review"), {}).status_code == 404


@pytest.mark.parametrize("text", ["WEB-", "req-1", "distribution-configuration/web", "alice"])
def test_it_searches(text, submission, charlie, bob_client):
    make_submission(charlie, name="other")
    assert listed_names(bob_client.get(f"{LIST}?q={text}")) == ["web-server"]


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
def test_it_filters(query, expected, submission, bob, charlie, bob_client):
    target = make_target("production")
    other = make_submission(charlie, name="other", state="rejected", target=target)
    other.reviews.create(decision="needs-work", reviewer=bob)
    other.reviews.create(decision="reviewed", reviewer=bob)
    query = query.format(target=target.pk, person=charlie.pk)
    assert listed_names(bob_client.get(f"{LIST}?{query}")) == expected


def test_the_page_shows_request_response_and_links(submission, bob_client):
    page = bob_client.get(page_of(submission)).content.decode()
    assert re.search(r'<pre class="json"[^>]*>{\s*<span class="nt">"name"</span>', page)
    assert '{\n  "a": 1\n}' in html.unescape(strip_tags(page))
    assert submission.arn in page
    assert f'href="/history/{submission.pk}/"' in page
    assert f'href="/history/{submission.pk}.json"' in page


@pytest.mark.parametrize("part", ["list", "page", "note"])
def test_there_are_no_inline_styles_or_scripts(part, submission, bob_client):
    """The content security policy blocks inline styles and scripts."""
    if part == "note":
        response = run_action(bob_client, "needs_work", submission)
    else:
        response = bob_client.get(LIST if part == "list" else page_of(submission))
    page = response.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|json))", page)


@pytest.mark.parametrize("client", ["bob_client", "root_client"])
def test_a_record_cannot_be_added_changed_or_deleted(client, submission, request):
    client = request.getfixturevalue(client)
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(page_of(submission), {"name": "forged"}).status_code == 403
    assert client.get(page_of(submission, "delete")).status_code == 403
    assert client.post(page_of(submission, "delete"), {"post": "yes"}).status_code == 403
    run_action(client, "delete_selected", submission, post="yes")
    page = client.get(page_of(submission)).content.decode()
    assert 'name="_save"' not in page
    assert "deletelink" not in page
    assert Submission.objects.get().name == "web-server"


@pytest.mark.parametrize("model", ["attempt", "review"])
def test_attempts_and_reviews_have_no_admin_of_their_own(model, submission, root_client):
    assert root_client.get(f"/admin/submissions/{model}/").status_code == 404


def run_action(client, action, *submissions, query="", **fields):
    """Run an action on the submissions. Return the response."""
    selected = [submission.pk for submission in submissions]
    return client.post(LIST + query, {"action": action, "_selected_action": selected} | fields)


def test_many_submissions_are_marked_as_reviewed(alice, bob, bob_client):
    rows = [make_submission(alice) for _ in range(60)]
    response = run_action(bob_client, "mark_reviewed", rows[0], select_across="1")
    assert response.status_code == 302
    assert Review.objects.filter(decision="reviewed", reviewer=bob).count() == 60


def test_needs_work_asks_for_a_note_first(submission, alice, bob_client):
    other = make_submission(alice, name="another")
    page = run_action(bob_client, "needs_work", submission, other).content.decode()
    assert "Review 2 submissions" in page
    assert "another" in page
    assert f'name="_selected_action" value="{submission.pk}"' in page
    assert not Review.objects.exists()


def test_needs_work_adds_the_note_to_all(submission, alice, bob, bob_client):
    other = make_submission(alice)
    fields = {"decision": "needs-work", "note": "Which key?"}
    run_action(bob_client, "needs_work", submission, other, **fields)
    found = Review.objects.values_list("submission_id", "decision", "note", "reviewer_id")
    expected = [(row.pk, "needs-work", "Which key?", bob.pk) for row in (submission, other)]
    assert sorted(found) == expected


def test_needs_work_requires_a_note(submission, bob_client):
    response = run_action(bob_client, "needs_work", submission, decision="needs-work", note=" ")
    assert response.status_code == 422
    assert "Describe what needs to change" in response.content.decode()
    assert not Review.objects.exists()


def test_select_all_reviews_only_the_filtered(alice, bob_client):
    make_submission(alice, state="rejected")
    made = [make_submission(alice) for _ in range(2)]
    query = "?state__exact=created"
    run_action(bob_client, "mark_reviewed", made[0], query=query, select_across="1")
    assert set(Review.objects.values_list("submission_id", flat=True)) == {row.pk for row in made}


def test_a_review_is_added_on_the_submissions_page(submission, bob, bob_client):
    assert b"Add a review" in bob_client.get(page_of(submission)).content
    fields = {"decision": "reviewed", "note": "Good.", "reviewer": 1, "created_at": "2000-01-01"}
    response = bob_client.post(page_of(submission, "review"), fields)
    assert response.url == page_of(submission)
    review = Review.objects.get()
    assert (review.decision, review.note, review.reviewer) == ("reviewed", "Good.", bob)
    assert review.created_at.year > 2000
    assert b"Good." in bob_client.get(response.url).content


@pytest.mark.parametrize(
    "fields", [{}, {"decision": "approved"}, {"decision": "needs-work"}, {"note": "x" * 5000}]
)
def test_an_invalid_review_is_shown_again(fields, submission, bob_client):
    response = bob_client.post(page_of(submission, "review"), fields)
    assert response.status_code == 422
    assert not Review.objects.exists()


def test_a_review_requires_post(submission, bob_client):
    assert bob_client.get(page_of(submission, "review")).status_code == 405


@pytest.mark.parametrize("pk", ["0", "9" * 21])
def test_a_missing_submission_is_not_reviewed(pk, bob_client):
    assert bob_client.post(f"{LIST}{pk}/review/", {"decision": "reviewed"}).status_code == 404


@pytest.mark.parametrize("name", ["bob", "root"])
def test_users_cannot_review_their_own_submissions(name, bob_client, root_client, alice):
    client = {"bob": bob_client, "root": root_client}[name]
    user = User.objects.get(username=name)
    own, other = make_submission(user), make_submission(alice)
    assert b"Add a review" not in client.get(page_of(own)).content
    assert client.post(page_of(own, "review"), {"decision": "reviewed"}).status_code == 403
    user.email = "name@example.com"
    user.save()
    second = User.objects.create_user("second", "Name@example.com")
    run_action(client, "mark_reviewed", own, other, make_submission(second))
    assert Review.objects.get().submission == other
    page = client.get(LIST).content.decode()
    assert "Skipped 2 submissions. You can&#x27;t review your own submissions." in page


def test_reviews_cannot_be_changed_or_deleted(submission, bob, bob_client):
    review = submission.reviews.create(decision="reviewed", note="Good.", reviewer=bob)
    fields = {
        "reviews-TOTAL_FORMS": 1,
        "reviews-INITIAL_FORMS": 1,
        "reviews-0-id": review.pk,
        "reviews-0-note": "Bad.",
        "reviews-0-DELETE": "on",
    }
    assert bob_client.post(page_of(submission), fields).status_code == 403
    assert Review.objects.get().note == "Good."
