"""One submission: its state, its ARN, what happened, and what comes next."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest

from distui.builder.models import Draft
from distui.submissions.models import Attempt, AttemptResult, Review, SubmissionState
from tests.submissions.rows import START, arn_of, document, make_submission

HTMX = {"HX-Request": "true"}
MEMBERS = {
    *("id", "state", "name", "target", "account", "region", "arn", "requestId", "clientToken"),
    *("submittedBy", "submittedAt", "settledAt", "request", "response", "error", "attempts"),
    "review",
}


def read(client, submission, **options):
    """The submission's page as text."""
    return client.get(f"/history/{submission.pk}/", **options).content.decode()


def attempt(submission, number=1, outcome=AttemptResult.ACCEPTED, **fields):
    """A send of it that took two seconds."""
    at = START + timedelta(hours=number)
    given = {"started_at": at, "ended_at": at + timedelta(seconds=2), "worker": "host/1/a"}
    return Attempt.objects.create(
        submission=submission, number=number, outcome=outcome, **given | fields
    )


@pytest.mark.parametrize("state", SubmissionState.values)
def test_every_state_has_one_mark_and_a_sentence(state, alice, alice_client):
    page = read(alice_client, make_submission(alice, state=state))
    assert re.findall(r'data-state="([^"]+)"', page) == [state]
    assert re.search(r'<p class="prose">[^<]+\.', page)


def test_what_was_created_shows_its_arn_to_copy(alice, alice_client):
    page = read(alice_client, make_submission(alice, name="web", state="created"))
    arn = arn_of("web")
    assert f'data-arn="{arn}">{arn}</code>' in page
    assert 'data-copy="#arn"' in page
    assert "hx-trigger" not in page
    assert 'http-equiv="refresh"' not in page


def test_the_request_stands_there_as_it_was_sent(alice, alice_client):
    submission = make_submission(alice)
    page = read(alice_client, submission)
    shown = re.search(r'<pre id="request".*?>(.*?)</pre>', page, re.DOTALL)[1]
    assert html.unescape(re.sub("<[^>]+>", "", shown)) == submission.request
    assert submission.client_token in page


def test_the_timeline_tells_every_send(alice, alice_client):
    due = START + timedelta(hours=9)
    submission = make_submission(alice, state="waiting", uncertain=True, next_attempt_at=due)
    attempt(submission, 1, AttemptResult.UNKNOWN, code="ServiceException", message="Try again")
    attempt(submission, 2, AttemptResult.NOT_SENT, message="The account is another one")
    page = read(alice_client, submission)
    titles = re.findall(r'class="timeline-title">([^<]+)', page)
    assert titles == ["Prepared", "Sent", "No result yet", "Not sent", "To be sent again"]
    assert "ServiceException: Try again" in page
    assert "21:00:00 UTC" in page
    assert "It may have been created already." in page


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ResourceAlreadyExistsException", "give it another name"),
        ("ServiceQuotaExceededException", "Service Quotas"),
        ("ForbiddenException", "imagebuilder:CreateDistributionConfiguration"),
        ("InvalidParameterValueException", "change what AWS names"),
    ],
)
def test_a_refusal_says_what_there_is_to_do(code, said, alice, alice_client):
    page = read(alice_client, make_submission(alice, state="rejected", error_code=code))
    assert said in re.search(r'<p class="prose">([^<]+)', page)[1]


@pytest.mark.parametrize("state", ["prepared", "sending", "waiting"])
def test_what_is_under_way_is_asked_for_again(state, alice, alice_client):
    page = read(alice_client, make_submission(alice, state=state))
    assert 'hx-trigger="every 1s"' in page
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh" content="2">', page)
    assert ">Refresh</a>" in page


def test_htmx_gets_the_part_that_changes(alice, alice_client):
    submission = make_submission(alice, state="sending")
    attempt(submission, outcome=AttemptResult.UNDER_WAY, ended_at=None)
    answer = alice_client.get(f"/history/{submission.pk}/", headers=HTMX)
    fragment = answer.content.decode()
    assert fragment.startswith("<div")
    assert "Waiting for the answer" in fragment
    assert 'data-state="sending"' in fragment
    assert len(fragment) < 4000


def test_htmx_is_told_nothing_new_without_a_body(alice, alice_client):
    submission = make_submission(alice, state="sending")
    url = f"/history/{submission.pk}/?seen=sending"
    assert alice_client.get(url, headers=HTMX).status_code == 204
    attempt(submission)
    assert alice_client.get(url, headers=HTMX).status_code == 200


def test_a_change_is_announced_once(alice, alice_client):
    submission = make_submission(alice)
    answer = alice_client.get(f"/history/{submission.pk}/?seen=sending", headers=HTMX)
    assert json.loads(answer["HX-Trigger"])["announce"]["value"].startswith("Created. ")


@pytest.fixture
def rejected(alice):
    """One that AWS refused, naming the second Region's AMI name."""
    return make_submission(
        alice,
        state="rejected",
        regions=("eu-west-1", "us-east-1"),
        error_code="InvalidParameterValueException",
        error_message="<b>The value</b> is not valid.",
        error_pointer="/distributions/1/amiDistributionConfiguration/name",
    )


def test_what_was_refused_says_why_and_where(rejected, alice_client):
    page = read(alice_client, rejected)
    assert "InvalidParameterValueException" in page
    assert "&lt;b&gt;The value&lt;/b&gt; is not valid." in page
    assert "<code>/distributions/1/amiDistributionConfiguration/name</code>" in page


def test_it_opens_as_a_draft_again_at_the_member(rejected, alice_client):
    answer = alice_client.post(f"/history/{rejected.pk}/reopen/")
    draft = Draft.objects.get()
    field = "id_distributions-1-amiDistributionConfiguration-name"
    assert answer.url == f"/drafts/{draft.pk}/?open=1&check=1#{field}"
    editor = alice_client.get(answer.url).content.decode()
    assert "&lt;b&gt;The value&lt;/b&gt; is not valid." in editor
    assert draft.document == document(rejected.name, ("eu-west-1", "us-east-1"))


def test_the_reviews_stand_beside_it(alice, bob, alice_client):
    submission = make_submission(alice)
    Review.objects.create(
        submission=submission, verdict="needs-work", note="Which\nkey?", reviewer=bob
    )
    page = read(alice_client, submission)
    assert "Needs work" in page
    assert "Which<br>key?" in page


def test_the_answer_is_shown_whatever_it_is(alice, alice_client):
    created = make_submission(alice, response='{"requestId": "r"}')
    page = read(alice_client, created)
    assert '<span class="nt">&quot;requestId&quot;</span>' in page
    strange = make_submission(alice, state="attention", response="<html>proxy</html>")
    assert "&lt;html&gt;proxy&lt;/html&gt;" in read(alice_client, strange)


def record(client, submission):
    """The submission's record."""
    answer = client.get(f"/history/{submission.pk}.json")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    return json.loads(answer.content)


def test_the_record_of_what_was_created(alice, bob, alice_client):
    submission = make_submission(alice, request_id="r-1", response='{"requestId": "r-1"}')
    attempt(submission, request_id="r-1", status=200)
    for verdict in ("needs-work", "reviewed"):
        Review.objects.create(submission=submission, verdict=verdict, reviewer=bob)
    found = record(alice_client, submission)
    assert set(found) == MEMBERS
    assert found["request"] == json.loads(submission.request)
    assert (found["arn"], found["requestId"]) == (submission.arn, "r-1")
    assert found["response"] == {"requestId": "r-1"}
    assert found["error"] is None
    assert found["submittedAt"].endswith("Z")
    assert found["attempts"][0]["outcome"] == "accepted"
    assert (found["review"]["verdict"], found["review"]["reviewer"]) == ("reviewed", "bob")


def test_the_record_of_what_was_refused(rejected, alice_client):
    found = record(alice_client, rejected)
    assert (found["arn"], found["requestId"], found["response"], found["review"]) == (None,) * 4
    assert found["error"] == {
        "code": "InvalidParameterValueException",
        "message": "<b>The value</b> is not valid.",
        "pointer": "/distributions/1/amiDistributionConfiguration/name",
    }
