"""Log lines about a submission name it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from distui.submissions.ledger.create import create_submission
from distui.submissions.ledger.engines.sender import Sender
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission
from tests.conftest import signed_in
from tests.factories import make_submission
from tests.submissions.test_admin import page_of, run_action


@pytest.mark.django_db(transaction=True)
def test_lines_of_a_submission_name_it(json_log, aws, draft, target, alice):
    submission = create_submission(draft=draft, target=target, user=alice, token=draft.client_token)
    send(attempt=claim(among=Submission.objects.due(), worker="host/1/worker"))
    lines = [line for line in json_log() if "submission" in line]
    assert [line["message"] for line in lines] == [
        f"Submission {submission.pk} to {target.name} was stored.",
        f"Attempt 1 of submission {submission.pk}: accepted, so it is created.",
    ]
    for line in lines:
        assert (line["submission"], line["target"]) == (submission.pk, target.name)
        assert line["person"] == "alice"


@pytest.mark.django_db(transaction=True)
def test_the_line_of_a_failed_send_names_its_submission(json_log, aws, submission):
    aws.responses = [RuntimeError]
    sender = Sender()
    sender.send(sender.claim(Submission.objects.due()))
    line = json_log()[-1]
    assert line["message"] == f"Submission {submission.pk} was not sent."
    assert context(line) == submission.log_fields | {"person": "alice"}


def context(line):
    """Return what the line belongs to."""
    return {name: line[name] for name in ("submission", "target", "person") if name in line}


@pytest.mark.django_db(transaction=True)
def test_requests_for_a_submission_name_it(json_log, draft, target, alice_client, bob_client):
    review, form = f"/drafts/{draft.pk}/review/", {"token": draft.client_token}
    alice_client.get(review)
    alice_client.post(review, form | {"revision": draft.revision, "target": target.pk})
    submission = Submission.objects.get()
    for url in (f"/history/{submission.pk}/", f"/history/{submission.pk}.json"):
        alice_client.get(url)
    alice_client.post(f"/history/{submission.pk}/cancel/")
    bob_client.get(page_of(submission))
    bob_client.post(page_of(submission, "review"), {"decision": "reviewed"})
    requests = [line for line in json_log() if line["message"].startswith(("GET", "POST"))]
    whole = {"submission": submission.pk, "target": target.name}
    assert [context(line) for line in requests] == [
        {"target": target.name, "person": "alice"},
        *[whole | {"person": "alice"}] * 4,
        *[whole | {"person": "bob"}] * 2,
    ]


def test_the_review_names_the_posted_target(json_log, draft, target, alice_client):
    alice_client.post(f"/drafts/{draft.pk}/review/", {"op": "check", "target": target.pk})
    assert context(json_log()[-1]) == {"target": target.name, "person": "alice"}


def test_each_submission_that_is_reviewed_gets_a_line(json_log, alice, bob_client):
    made = [make_submission(alice, name=f"image {number}") for number in range(2)]
    run_action(bob_client, "mark_reviewed", *made)
    lines = [line for line in json_log() if line["logger"].endswith("reviews")]
    assert sorted(line["message"] for line in lines) == [
        f"Submission {one.pk} was marked as reviewed." for one in made
    ]
    assert {line["submission"] for line in lines} == {one.pk for one in made}
    assert "submission" not in json_log()[-1]


def test_the_admin_page_of_a_target_names_it(json_log, target):
    root_client = signed_in(User.objects.create_superuser("root"))
    root_client.get(f"/admin/targets/target/{target.pk}/change/")
    assert context(json_log()[-1]) == {"target": target.name, "person": "root"}
