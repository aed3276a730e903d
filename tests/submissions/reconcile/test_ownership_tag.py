"""``DISTUI_OWNERSHIP_TAG``: what is shown is sent, and it tells which configurations are ours."""

from __future__ import annotations

import hashlib
import html
import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from distui.aws.results import Found, Unknown
from distui.submissions.ledger.actions import reopen
from distui.submissions.ledger.create import create_submission
from distui.submissions.models import Attempt, Submission, SubmissionState
from tests.factories import document, make_draft, unique_name
from tests.submissions.ledger.sending import send_once
from tests.submissions.test_commands import run

pytestmark = pytest.mark.django_db

KEY = "distui:submission"


@pytest.fixture(autouse=True)
def _tag(settings):
    """Turn the tag on."""
    settings.DISTUI_OWNERSHIP_TAG = KEY


def create(alice, target, name="", **members) -> Submission:
    """Submit and send a new draft."""
    draft = make_draft(alice, document(name or unique_name()) | members)
    made = create_submission(draft=draft, target=target, user=alice, token=draft.client_token)
    return send_once(made)


def shown(client, url: str) -> str:
    """Return the request body that a page shows."""
    page = client.get(url).content.decode()
    found = re.search(r"<(\w+)[^>]* data-preview[^>]*>(.*?)</\1>\s*(?:<d|</)", page, re.DOTALL)
    assert found, url
    return html.unescape(re.sub("<[^>]+>", "", found[2]))


def test_every_page_shows_the_request_that_is_sent(alice, alice_client, sandbox, sandbox_target):
    draft = make_draft(alice, document(unique_name()) | {"tags": {"team": "images"}})
    token = draft.client_token
    body = alice_client.get(f"/drafts/{draft.pk}.json").content.decode()
    assert json.loads(body)["tags"] == {"team": "images", KEY: token}
    assert json.loads(shown(alice_client, f"/drafts/{draft.pk}/")) == json.loads(body)
    review = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert KEY in review
    made = create_submission(draft=draft, target=sandbox_target, user=alice, token=token)
    send_once(made)
    assert made.request == body
    assert made.request_sha256 == hashlib.sha256(body.encode()).hexdigest()
    assert alice_client.get(f"/history/{made.pk}.json").json()["request"] == json.loads(body)
    assert created_in(sandbox_target, made)["tags"] == {"team": "images", KEY: token}


def created_in(target, submission) -> dict:
    """Return the configuration's document in AWS."""
    from distui.aws import gateway

    found = gateway.find(target.connection(), submission.arn)
    assert isinstance(found, Found)
    return found.document


def test_a_draft_of_a_submission_lacks_the_tag(alice, sandbox, sandbox_target):
    made = create(alice, sandbox_target)
    assert made.state == SubmissionState.CREATED
    assert reopen(submission=made, user=alice).pk == made.draft_id
    again = create_submission(
        draft=made.draft, target=sandbox_target, user=alice, token=made.client_token
    )
    assert again == made


def test_a_check_with_aws_has_the_tag(draft, alice_client, aws, target):
    given = {"token": draft.client_token, "revision": draft.revision, "op": "check"}
    alice_client.post(f"/drafts/{draft.pk}/review/", given | {"target": target.pk})
    sent = json.loads(aws.bodies[0])
    assert sent["tags"] == {KEY: sent["clientToken"]}
    assert sent["clientToken"] != draft.client_token


LOST = Unknown("The connection was lost.", uncertain=True, retry=False)


def test_the_tag_proves_a_creation_that_was_changed_since(submission, aws):
    aws.responses = [LOST]
    changed = json.loads(submission.request) | {"description": "Changed in the console"}
    aws.found = Found(changed, timezone.now() - timedelta(days=1))
    assert send_once(submission).state == SubmissionState.CREATED
    assert f"its tag {KEY} is this submission's" in submission.reason


@pytest.mark.parametrize("tags", [{}, {KEY: "another"}, {"distui:other": "same"}])
def test_equal_content_with_another_tag_needs_attention(submission, aws, tags):
    aws.responses = [LOST]
    tags = {
        key: submission.client_token if value == "same" else value for key, value in tags.items()
    }
    aws.found = Found(json.loads(submission.request) | {"tags": tags}, timezone.now())
    assert send_once(submission).state == SubmissionState.ATTENTION


def delete(submission: Submission) -> None:
    """Delete it from the database, as if a backup was restored."""
    Attempt.objects.all().delete()
    Submission.objects.filter(pk=submission.pk).delete()


def test_reconcile_recovers_what_this_installation_created(
    alice, alice_client, sandbox, sandbox_target, settings, capsys
):
    settings.DISTUI_OWNERSHIP_TAG = "other:submission"
    others = create(alice, sandbox_target)
    # All tests share the sandbox: a key that no other test has.
    settings.DISTUI_OWNERSHIP_TAG = unique_name()
    ours = create(alice, sandbox_target)
    delete(others)
    delete(ours)
    assert run("reconcile", "--adopt", "own", "--user", "alice") == 0
    output = capsys.readouterr().out
    assert f"Recovered: {ours.arn} (submission " in output
    assert f"Not in the history: {others.arn} (target sandbox, created at " in output
    added = Submission.objects.get(recovered=True)
    assert (added.arn, added.client_token, added.state) == (ours.arn, ours.client_token, "created")
    assert json.loads(added.request) | {"clientToken": ours.client_token} == json.loads(
        ours.request
    )
    page = alice_client.get(f"/history/{added.pk}/").content.decode()
    assert page.count("Recovered") > 2
    assert alice_client.get(f"/history/{added.pk}.json").json()["recovered"] is True
    assert "Recovered" in alice_client.get("/history/").content.decode()
