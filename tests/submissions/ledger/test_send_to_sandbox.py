"""What each answer makes of a submission when it really goes out over HTTP."""

from __future__ import annotations

import hashlib
import json

import boto3
import pytest
from django.contrib.auth.models import Group

from distui.submissions.ledger.create import prepare
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import MOST_ATTEMPTS, send
from distui.submissions.models import AttemptResult, Submission, SubmissionState
from tests.submissions.conftest import KEYS, document, draft_of

pytestmark = pytest.mark.django_db

TAKEN = {
    "kind": "error",
    "status": 400,
    "code": "ResourceAlreadyExistsException",
    "message": "It exists already.",
}


@pytest.fixture
def under_way(sandbox_target, draft, alice):
    """Alice's draft, prepared for the sandbox."""
    return prepare(draft=draft, target=sandbox_target, user=alice, token=draft.client_token)


def attempt(submission: Submission) -> Submission:
    """Send it once, due or not, and read what became of it."""
    claimed = claim(among=Submission.objects.open().filter(pk=submission.pk), worker="host/1/test")
    assert claimed is not None
    send(attempt=claimed)
    submission.refresh_from_db()
    return submission


def created_once(submission: Submission, sandbox, sends: int) -> bool:
    """It has its ARN, nothing else of its name exists, and every send had its one token."""
    tokens = [entry["clientToken"] for entry in sandbox.sends_of(submission.name)]
    return (
        submission.state == SubmissionState.CREATED
        and sandbox.holding(submission.name) == [submission.arn]
        and tokens == [submission.client_token] * sends
    )


def test_it_is_created_with_arn_and_request_id(under_way, sandbox):
    attempt(under_way)
    assert created_once(under_way, sandbox, sends=1)
    assert under_way.arn == under_way.predicted_arn
    assert under_way.request_id == under_way.attempts.get().request_id != ""
    answer = json.loads(under_way.response)
    assert answer["distributionConfigurationArn"] == under_way.arn
    assert answer["clientToken"] == under_way.client_token
    assert not under_way.uncertain


def test_the_bytes_that_arrive_are_those_that_were_kept(under_way, sandbox):
    attempt(under_way)
    (arrived,) = sandbox.sends_of(under_way.name)
    assert arrived["sha256"] == under_way.request_sha256
    assert arrived["sha256"] == hashlib.sha256(under_way.request.encode()).hexdigest()


def test_a_refusal_stands_at_the_member_that_it_names(under_way, draft, sandbox):
    message = "The value supplied for parameter 'distributions[0].region' is not valid."
    refusal = {"code": "InvalidParameterValueException", "message": message, "status": 400}
    sandbox.plan({"kind": "error", "name": under_way.name} | refusal)
    attempt(under_way)
    assert (under_way.state, under_way.error_code) == (SubmissionState.REJECTED, refusal["code"])
    assert (under_way.error_pointer, under_way.error_message) == (
        "/distributions/0/region",
        message,
    )
    draft.refresh_from_db()
    found = [(found.pointer, found.message) for found in draft.analyze().findings.all]
    assert found == [("/distributions/0/region", message)]
    assert sandbox.holding(under_way.name) == []


def test_a_throttled_one_is_created_by_the_next_attempt(under_way, sandbox):
    sandbox.plan({"kind": "throttle", "name": under_way.name})
    attempt(under_way)
    assert (under_way.state, under_way.uncertain) == (SubmissionState.WAITING, False)
    assert under_way.next_attempt_at is not None
    attempt(under_way)
    assert created_once(under_way, sandbox, sends=2)


@pytest.mark.parametrize("kind", ["error", "drop-before", "drop-after", "truncate-after"])
def test_an_answer_that_proves_nothing_is_asked_for_again(under_way, sandbox, kind):
    sandbox.plan({"kind": kind, "name": under_way.name})
    attempt(under_way)
    assert (under_way.state, under_way.uncertain, under_way.arn) == (
        SubmissionState.WAITING,
        True,
        "",
    )
    attempt(under_way)
    assert created_once(under_way, sandbox, sends=2)
    outcomes = list(under_way.attempts.values_list("outcome", flat=True))
    assert outcomes == [AttemptResult.UNKNOWN, AttemptResult.ACCEPTED]


def test_one_whose_answer_was_lost_is_adopted_when_its_name_is_taken(under_way, sandbox):
    sandbox.plan({"kind": "drop-after"}, TAKEN)
    attempt(under_way)
    attempt(under_way)
    assert created_once(under_way, sandbox, sends=2)
    assert "equals what was sent in every member" in under_way.reason


def test_somebody_elses_of_its_name_is_not_adopted(under_way, sandbox):
    sandbox.plan({"kind": "drop-before", "name": under_way.name})
    attempt(under_way)
    theirs = document(under_way.name) | {"description": "Theirs", "clientToken": "theirs"}
    client = boto3.client("imagebuilder", "eu-west-1", endpoint_url=sandbox.url, **KEYS)
    client.create_distribution_configuration(**theirs)
    attempt(under_way)
    assert (under_way.state, under_way.arn) == (SubmissionState.ATTENTION, "")
    assert "differs from what was sent" in under_way.reason


def test_a_taken_name_under_which_nothing_stands_needs_attention(under_way, sandbox):
    sandbox.plan({"kind": "drop-before"}, TAKEN)
    attempt(under_way)
    attempt(under_way)
    assert (under_way.state, under_way.arn) == (SubmissionState.ATTENTION, "")
    assert under_way.error_code == TAKEN["code"]


def test_nothing_is_sent_where_another_account_answers(sandbox_target, alice, sandbox):
    sandbox_target.account = "999988887777"
    sandbox_target.save()
    draft = draft_of(alice)
    stray = prepare(draft=draft, target=sandbox_target, user=alice, token=draft.client_token)
    attempt(stray)
    assert (stray.state, stray.uncertain) == (SubmissionState.ATTENTION, False)
    assert "999988887777" in stray.reason
    assert sandbox.sends_of(stray.name) == []


def test_nothing_is_sent_to_a_target_that_is_no_longer_theirs(under_way, sandbox_target, sandbox):
    sandbox_target.groups.add(Group.objects.create(name="others"))
    attempt(under_way)
    assert under_way.state == SubmissionState.ATTENTION
    assert under_way.attempts.get().outcome == AttemptResult.NOT_SENT
    assert sandbox.sends_of(under_way.name) == []


def test_attempts_run_out_and_a_person_is_asked(under_way, sandbox):
    sandbox.plan(*[{"kind": "throttle", "name": under_way.name}] * MOST_ATTEMPTS)
    states = [attempt(under_way).state for _ in range(MOST_ATTEMPTS)]
    assert states == [SubmissionState.WAITING] * (MOST_ATTEMPTS - 1) + [SubmissionState.ATTENTION]
    tokens = {entry["clientToken"] for entry in sandbox.sends_of(under_way.name)}
    assert tokens == {under_way.client_token}
    assert under_way.next_attempt_at is None
