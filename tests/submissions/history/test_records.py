"""A submission's page and its record."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest

from distui.builder.models import Draft
from distui.submissions.models import Attempt, AttemptResult, Review, SubmissionState
from tests.factories import START, arn_of, document, make_submission

HTMX = {"HX-Request": "true"}
MEMBERS = {
    *("id", "state", "name", "target", "account", "region", "arn", "requestId", "clientToken"),
    *("submittedBy", "submittedAt", "settledAt", "request", "response", "error", "attempts"),
    *("review", "reason", "uncertain", "recovered"),
}


def read(client, submission, **options):
    """Return the submission's page as text."""
    return client.get(f"/history/{submission.pk}/", **options).content.decode()


def add_attempt(submission, number=1, result=AttemptResult.ACCEPTED, **fields):
    """Add an attempt that took two seconds."""
    at = START + timedelta(hours=number)
    given = {"started_at": at, "ended_at": at + timedelta(seconds=2), "worker": "host/1/a"}
    return Attempt.objects.create(
        submission=submission, number=number, result=result, **given | fields
    )


@pytest.mark.parametrize("state", SubmissionState.values)
def test_every_state_has_a_badge_and_a_sentence(state, alice, alice_client):
    page = read(alice_client, make_submission(alice, state=state))
    assert re.findall(r'data-state="([^"]+)"', page) == [state]
    assert re.search(r'<p class="prose">[^<]+\.', page)


def test_a_created_submission_shows_its_arn_to_copy(alice, alice_client):
    page = read(alice_client, make_submission(alice, name="web", state="created"))
    arn = arn_of("web")
    assert f'data-arn="{arn}">{arn}</code>' in page
    assert 'data-copy="#arn"' in page
    assert "hx-trigger" not in page
    assert 'http-equiv="refresh"' not in page


def test_it_shows_the_exact_request(alice, alice_client):
    submission = make_submission(alice)
    page = read(alice_client, submission)
    shown = re.search(r'<pre id="request".*?>(.*?)</pre>', page, re.DOTALL)[1]
    assert html.unescape(re.sub("<[^>]+>", "", shown)) == submission.request
    assert submission.client_token in page


def test_the_timeline_lists_every_attempt(alice, alice_client):
    due = START + timedelta(hours=9)
    submission = make_submission(alice, state="waiting", uncertain=True, next_attempt_at=due)
    add_attempt(submission, 1, AttemptResult.UNKNOWN, code="ServiceException", message="Try again")
    add_attempt(submission, 2, AttemptResult.NOT_SENT, message="The account is another one")
    page = read(alice_client, submission)
    titles = re.findall(r'class="timeline-title">([^<]+)', page)
    assert titles == ["Queued", "Sent", "Not confirmed", "Not sent", "Next attempt"]
    assert "ServiceException: Try again" in page
    assert "21:00:00 UTC" in page
    assert "It may already have been created." in page


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ResourceAlreadyExistsException", "change the name"),
        ("ServiceQuotaExceededException", "Service Quotas"),
        ("ForbiddenException", "imagebuilder:CreateDistributionConfiguration"),
        ("InvalidParameterValueException", "correct what AWS rejected"),
    ],
)
def test_a_rejection_says_what_to_do(code, text, alice, alice_client):
    page = read(alice_client, make_submission(alice, state="rejected", error_code=code))
    assert text in re.search(r'<p class="prose">([^<]+)', page)[1]


@pytest.mark.parametrize("state", ["prepared", "sending", "waiting"])
def test_an_open_submission_polls(state, alice, alice_client):
    page = read(alice_client, make_submission(alice, state=state))
    assert 'hx-trigger="every 1s"' in page
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh" content="2">', page)
    assert ">Refresh</a>" in page


def test_a_poll_returns_the_status_part(alice, alice_client):
    submission = make_submission(alice, state="sending")
    add_attempt(submission, result=AttemptResult.UNDER_WAY, ended_at=None)
    response = alice_client.get(f"/history/{submission.pk}/", headers=HTMX)
    fragment = response.content.decode()
    assert fragment.startswith("<div")
    assert "Waiting for response" in fragment
    assert 'data-state="sending"' in fragment
    assert len(fragment) < 4000


def test_a_poll_returns_204_if_nothing_changed(alice, alice_client):
    submission = make_submission(alice, state="sending")
    url = f"/history/{submission.pk}/?seen=sending"
    assert alice_client.get(url, headers=HTMX).status_code == 204
    add_attempt(submission)
    assert alice_client.get(url, headers=HTMX).status_code == 200


def test_a_change_is_announced(alice, alice_client):
    submission = make_submission(alice)
    response = alice_client.get(f"/history/{submission.pk}/?seen=sending", headers=HTMX)
    assert json.loads(response["HX-Trigger"])["announce"] == {"value": "Created."}


@pytest.fixture
def rejected(alice):
    """Return a submission whose second AMI name AWS rejected."""
    return make_submission(
        alice,
        state="rejected",
        regions=("eu-west-1", "us-east-1"),
        error_code="InvalidParameterValueException",
        error_message="<b>The value</b> is not valid.",
        error_pointer="/distributions/1/amiDistributionConfiguration/name",
    )


def test_a_rejection_shows_error_and_field(rejected, alice_client):
    page = read(alice_client, rejected)
    assert "InvalidParameterValueException" in page
    assert "&lt;b&gt;The value&lt;/b&gt; is not valid." in page
    assert "Field: <code>distributions[1].amiDistributionConfiguration.name</code>" in page


def test_it_reopens_as_a_draft_at_the_field(rejected, alice_client):
    response = alice_client.post(f"/history/{rejected.pk}/reopen/")
    draft = Draft.objects.get()
    field = "id_distributions-1-amiDistributionConfiguration-name"
    assert response.url == f"/drafts/{draft.pk}/?open=1&check=1#{field}"
    editor = alice_client.get(response.url).content.decode()
    assert "&lt;b&gt;The value&lt;/b&gt; is not valid." in editor
    assert draft.document == document(rejected.name, ("eu-west-1", "us-east-1"))


def test_it_shows_its_reviews(alice, bob, alice_client):
    submission = make_submission(alice)
    Review.objects.create(
        submission=submission, decision="needs-work", note="Which\nkey?", reviewer=bob
    )
    page = read(alice_client, submission)
    assert "Needs work" in page
    assert "Which<br>key?" in page


def test_it_shows_any_response(alice, alice_client):
    created = make_submission(alice, response='{"requestId": "r"}')
    page = read(alice_client, created)
    assert '<span class="nt">"requestId"</span>' in page
    invalid = make_submission(alice, state="attention", response="<html>proxy</html>")
    assert "&lt;html&gt;proxy&lt;/html&gt;" in read(alice_client, invalid)


def record(client, submission):
    """Return the submission's record."""
    response = client.get(f"/history/{submission.pk}.json")
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    return json.loads(response.content)


def test_the_record_of_a_created_submission(alice, bob, alice_client):
    submission = make_submission(alice, request_id="r-1", response='{"requestId": "r-1"}')
    add_attempt(submission, request_id="r-1", http_status=200)
    for decision in ("needs-work", "reviewed"):
        Review.objects.create(submission=submission, decision=decision, reviewer=bob)
    found = record(alice_client, submission)
    assert set(found) == MEMBERS
    assert found["request"] == json.loads(submission.request)
    assert (found["arn"], found["requestId"]) == (submission.arn, "r-1")
    assert found["response"] == {"requestId": "r-1"}
    assert found["error"] is None
    assert found["submittedAt"].endswith("Z")
    assert found["attempts"][0]["outcome"] == "accepted"
    assert (found["review"]["verdict"], found["review"]["reviewer"]) == ("reviewed", "bob")


def test_the_record_of_a_rejected_submission(rejected, alice_client):
    found = record(alice_client, rejected)
    assert (found["arn"], found["requestId"], found["response"], found["review"]) == (None,) * 4
    assert found["error"] == {
        "code": "InvalidParameterValueException",
        "message": "<b>The value</b> is not valid.",
        "pointer": "/distributions/1/amiDistributionConfiguration/name",
    }


def test_attempts_that_sent_nothing_are_one_step(alice, alice_client):
    submission = make_submission(alice, state="waiting")
    for number in range(1, 4):
        add_attempt(submission, number, AttemptResult.NOT_SENT, message="AWS can't be reached.")
    add_attempt(submission, 4, AttemptResult.UNKNOWN)
    add_attempt(submission, 5, AttemptResult.LOOKED_UP, message="AWS does not have it so far.")
    titles = re.findall(r'class="timeline-title">([^<]+)', read(alice_client, submission))
    assert titles[1:5] == ["Not sent (3 times)", "Sent", "Not confirmed", "Looked up in AWS"]
