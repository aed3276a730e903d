"""How each response changes a submission that is sent to the sandbox over HTTP."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import boto3
import pytest
from django.utils import timezone

from distui.__main__ import main as lint
from distui.aws import gateway
from distui.submissions.ledger.create import create_submission, sent_document
from distui.submissions.ledger.retries import MAX_ATTEMPTS
from distui.submissions.models import AttemptResult, Submission, SubmissionState
from tests.factories import document, make_draft, unique_name
from tests.html_forms import rendered_post
from tests.submissions.conftest import KEYS
from tests.submissions.ledger.sending import send_once

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
TAKEN = {
    "kind": "error",
    "status": 400,
    "code": "ResourceAlreadyExistsException",
    "message": "It exists already.",
}


@pytest.fixture
def submission(sandbox_target, draft, alice):
    """Return a submission of alice's draft to the sandbox."""
    return create_submission(
        draft=draft, target=sandbox_target, user=alice, token=draft.client_token
    )


def created_once(submission: Submission, sandbox, sends: int) -> bool:
    """Return True if it was created once and every send had the same token."""
    tokens = [entry["clientToken"] for entry in sandbox.sends_of(submission.name)]
    return (
        submission.state == SubmissionState.CREATED
        and sandbox.arns_of(submission.name) == [submission.arn]
        and tokens == [submission.client_token] * sends
    )


def test_it_is_created_with_arn_and_request_id(submission, sandbox):
    send_once(submission)
    assert created_once(submission, sandbox, sends=1)
    assert submission.arn == submission.predicted_arn
    assert submission.request_id == submission.attempts.get().request_id != ""
    response = json.loads(submission.response)
    assert response["distributionConfigurationArn"] == submission.arn
    assert response["clientToken"] == submission.client_token
    assert not submission.uncertain


def test_empty_ami_settings_are_taken_everywhere(alice, alice_client, sandbox_target, tmp_path):
    regions = [{"region": "eu-west-1", "amiDistributionConfiguration": {}}]
    empty = {"name": unique_name(), "distributions": regions}
    file = tmp_path / "empty.json"
    file.write_text(json.dumps(empty))
    assert lint(["lint", str(file)]) == 0
    draft = make_draft(alice, empty)
    editor = f"/drafts/{draft.pk}/?open=0"
    typed = rendered_post(alice_client.get(editor).content.decode(), "workspace")
    typed["op"], typed["description"] = "save", "Named by the service"
    assert alice_client.post(editor, typed.urlencode(), FORM).status_code == 302
    review = f"/drafts/{draft.pk}/review/"
    form = rendered_post(alice_client.get(review).content.decode(), "submit")
    form["target"] = str(sandbox_target.pk)
    assert alice_client.post(review, form.urlencode(), FORM).status_code == 302
    submission = send_once(Submission.objects.get(name=empty["name"]))
    assert submission.state == SubmissionState.CREATED
    assert sent_document(submission)["distributions"] == regions
    found = gateway.find(sandbox_target.connection(alice), submission.arn)
    assert found.document["distributions"] == regions


def test_the_received_body_is_the_stored_one(submission, sandbox):
    send_once(submission)
    (arrived,) = sandbox.sends_of(submission.name)
    assert arrived["sha256"] == submission.request_sha256
    assert arrived["sha256"] == hashlib.sha256(submission.request.encode()).hexdigest()


def test_a_rejection_is_attached_to_the_field_it_names(submission, draft, sandbox):
    message = "The value supplied for parameter 'distributions[0].region' is not valid."
    error = {"code": "InvalidParameterValueException", "message": message, "status": 400}
    sandbox.plan({"kind": "error", "name": submission.name} | error)
    send_once(submission)
    assert (submission.state, submission.error_code) == (SubmissionState.REJECTED, error["code"])
    assert (submission.error_pointer, submission.error_message) == (
        "/distributions/0/region",
        message,
    )
    draft.refresh_from_db()
    found = [(found.pointer, found.message) for found in draft.analyze().findings.all]
    assert found == [("/distributions/0/region", message)]
    assert sandbox.arns_of(submission.name) == []


def test_a_throttled_submission_is_created_by_the_next_attempt(submission, sandbox):
    sandbox.plan({"kind": "throttle", "name": submission.name})
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.WAITING, False)
    assert submission.next_attempt_at is not None
    send_once(submission)
    assert created_once(submission, sandbox, sends=2)


@pytest.mark.parametrize("kind", ["error", "drop-before", "drop-after", "truncate-after"])
def test_a_response_that_proves_nothing_is_retried(submission, sandbox, kind):
    sandbox.plan({"kind": kind, "name": submission.name})
    send_once(submission)
    assert (submission.state, submission.uncertain, submission.arn) == (
        SubmissionState.WAITING,
        True,
        "",
    )
    send_once(submission)
    assert created_once(submission, sandbox, sends=2)
    results = list(submission.attempts.values_list("result", flat=True))
    assert results == [AttemptResult.UNKNOWN, AttemptResult.ACCEPTED]


def test_it_is_adopted_if_its_response_was_lost(submission, sandbox):
    sandbox.plan({"kind": "drop-after"}, TAKEN)
    send_once(submission)
    send_once(submission)
    assert created_once(submission, sandbox, sends=2)
    assert "its content matches the request" in submission.reason


def test_another_configuration_of_its_name_is_not_adopted(submission, sandbox):
    sandbox.plan({"kind": "drop-before", "name": submission.name})
    send_once(submission)
    theirs = document(submission.name) | {"description": "Theirs", "clientToken": "theirs"}
    client = boto3.client("imagebuilder", "eu-west-1", endpoint_url=sandbox.url, **KEYS)
    client.create_distribution_configuration(**theirs)
    send_once(submission)
    assert (submission.state, submission.arn) == (SubmissionState.ATTENTION, "")
    assert "differs from the request" in submission.reason


def test_a_taken_name_without_a_configuration_is_looked_up(submission, sandbox):
    sandbox.plan({"kind": "drop-before"}, TAKEN)
    send_once(submission)
    send_once(submission)
    assert (submission.state, submission.look_up_only) == (SubmissionState.WAITING, True)
    assert submission.error_code == TAKEN["code"]
    Submission.objects.update(absent_at=timezone.now() - timedelta(seconds=61))
    assert send_once(submission).state == SubmissionState.REJECTED
    assert "Nothing was created" in submission.reason
    assert len(sandbox.sends_of(submission.name)) == 2


def test_nothing_is_sent_to_another_account(sandbox_target, alice, sandbox):
    sandbox_target.account = "999988887777"
    sandbox_target.save()
    draft = make_draft(alice, document(unique_name()))
    token = draft.client_token
    submission = create_submission(draft=draft, target=sandbox_target, user=alice, token=token)
    send_once(submission)
    assert (submission.state, submission.uncertain) == (SubmissionState.ATTENTION, False)
    assert "999988887777" in submission.reason
    assert sandbox.sends_of(submission.name) == []


def test_nothing_is_sent_without_permission_for_the_target(submission, sandbox_target, sandbox):
    sandbox_target.everyone = False
    sandbox_target.save()
    send_once(submission)
    assert submission.state == SubmissionState.ATTENTION
    assert submission.attempts.get().result == AttemptResult.NOT_SENT
    assert sandbox.sends_of(submission.name) == []


def test_it_needs_attention_after_the_last_attempt(submission, sandbox):
    sandbox.plan(*[{"kind": "throttle", "name": submission.name}] * MAX_ATTEMPTS)
    states = [send_once(submission).state for _ in range(MAX_ATTEMPTS)]
    assert states == [SubmissionState.WAITING] * (MAX_ATTEMPTS - 1) + [SubmissionState.ATTENTION]
    tokens = {entry["clientToken"] for entry in sandbox.sends_of(submission.name)}
    assert tokens == {submission.client_token}
    assert submission.next_attempt_at is None
