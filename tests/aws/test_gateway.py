"""The gateway over HTTP, against the sandbox as the process that people run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Accepted, Found, Identity, Rejected, Unknown
from tests.aws.conftest import body, document
from tests.aws.stand_in import StandIn, http, refusal

ACCOUNT = "418273950164"
ARNS = f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/"


def arn_of(sent: bytes) -> str:
    """The ARN that the sandbox's account gives to the name in a body."""
    return ARNS + json.loads(sent)["name"].lower().replace(" ", "-").replace("_", "-")


def same_name_again(sent: bytes) -> bytes:
    """A request of its own for the same name, written in another way."""
    return body(name=json.loads(sent)["name"].upper().replace(" ", "_"))


def test_an_accepted_create_has_its_arn_and_request_id(access):
    sent = body()
    outcome = gateway.create(access, sent, account=ACCOUNT)
    assert isinstance(outcome, Accepted)
    assert outcome.arn == arn_of(sent)
    assert outcome.request_id == json.loads(outcome.response)["requestId"]


def test_the_same_token_again_gives_the_same_arn(access, sends_of):
    sent = body()
    first, second = (gateway.create(access, sent) for _ in range(2))
    assert first.arn == second.arn
    assert first.request_id != second.request_id
    assert len(sends_of(sent)) == 2


def test_the_same_token_with_other_content_stops_all_sending(access):
    given = document()
    gateway.create(access, json.dumps(given).encode())
    outcome = gateway.create(access, json.dumps(given | {"description": "Other"}).encode())
    assert isinstance(outcome, Unknown)
    assert (outcome.uncertain, outcome.retry) == (True, False)
    assert outcome.code == "IdempotentParameterMismatchException"


@pytest.mark.parametrize(
    ("distribution", "pointer", "words"),
    [
        ({}, "/distributions/0", "One or more outputs should be provided"),
        (
            {"amiDistributionConfiguration": {"name": "undated"}},
            "/distributions/0/amiDistributionConfiguration/name",
            "imagebuilder:buildDate",
        ),
    ],
)
def test_a_refusal_has_all_that_aws_said_and_where(access, distribution, pointer, words):
    sent = body(distributions=[{"region": "eu-west-1"} | distribution])
    outcome = gateway.create(access, sent)
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.status) == ("InvalidParameterValueException", 400)
    assert outcome.pointer == pointer
    assert words in outcome.message
    assert outcome.request_id
    assert gateway.find(access, arn_of(sent)) == Absent()


def test_a_name_that_differs_in_capitals_and_underscores_is_taken(access):
    sent = body()
    gateway.create(access, sent)
    outcome = gateway.create(access, same_name_again(sent))
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.pointer) == ("ResourceAlreadyExistsException", "/name")
    assert arn_of(sent) in outcome.message
    assert outcome.request_id


@pytest.mark.parametrize(
    ("fault", "code", "uncertain", "created"),
    [
        ({"kind": "throttle"}, "CallRateLimitExceededException", False, False),
        ({"kind": "error"}, "ServiceException", True, False),
        ({"kind": "drop-before"}, "ConnectionClosedError", True, False),
        ({"kind": "drop-after"}, "ConnectionClosedError", True, True),
        ({"kind": "truncate-after"}, "", True, True),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_after_a_fault_the_same_token_settles_it(
    access, plan_faults, sends_of, fault, code, uncertain, created
):
    sent = body()
    plan_faults(fault)
    outcome = gateway.create(access, sent)
    assert isinstance(outcome, Unknown)
    assert (outcome.code, outcome.uncertain, outcome.retry) == (code, uncertain, True)
    assert isinstance(gateway.find(access, arn_of(sent)), Found if created else Absent)
    assert len(sends_of(sent)) == 1
    assert gateway.create(access, sent).arn == arn_of(sent)


def test_a_creation_in_another_account_is_not_taken_for_ours(access):
    outcome = gateway.create(access, body(), account="999999999999")
    assert isinstance(outcome, Unknown)
    assert (outcome.uncertain, outcome.retry) == (True, False)


def test_identity_is_the_account_behind_the_credentials(access):
    who = gateway.identity(access)
    assert isinstance(who, Identity)
    assert (who.account, who.partition) == (ACCOUNT, "aws")
    assert f"::{ACCOUNT}:" in who.arn


def test_an_identity_without_an_arn_is_none(stand_in):
    stand_in.answer = http(200, b"<GetCallerIdentityResponse/>")
    outcome = gateway.identity(AwsConnection("eu-west-1", sandbox_url=stand_in.url))
    assert isinstance(outcome, Unknown)
    assert not outcome.uncertain


def test_it_finds_what_was_created_as_create_would_take_it(access):
    given = document(description="Found again", tags={"Team": "gauges"})
    created = gateway.create(access, json.dumps(given).encode())
    found = gateway.find(access, created.arn)
    del given["clientToken"]
    assert isinstance(found, Found)
    assert found.document == given
    assert found.created_at.utcoffset() is not None


def test_what_is_not_there_is_absent(access):
    assert gateway.find(access, ARNS + "never-created") == Absent()


def test_what_one_may_not_see_is_not_absent(access):
    outcome = gateway.find(access, ARNS.replace(ACCOUNT, "591837264018") + "theirs")
    assert isinstance(outcome, Unknown)
    assert (outcome.uncertain, outcome.retry) == (False, False)


@pytest.mark.parametrize("answer", [http(200, b"{}"), http(404), refusal(500, "ServiceException")])
def test_only_the_code_of_a_missing_resource_means_absent(stand_in, answer):
    stand_in.answer = answer
    outcome = gateway.find(AwsConnection("eu-west-1", sandbox_url=stand_in.url), ARNS + "base")
    assert isinstance(outcome, Unknown)
    assert not outcome.uncertain


def test_names_come_from_every_page(access, monkeypatch):
    monkeypatch.setattr(gateway, "_PAGE_SIZE", 2)
    elsewhere = replace(access, region="ap-southeast-2")
    documents = [document() for _ in range(5)]
    for given in documents:
        gateway.create(elsewhere, json.dumps(given).encode())
    assert gateway.names(elsewhere) == [given["name"] for given in documents]


def test_names_of_a_page_that_was_cut_off_are_unknown(stand_in: StandIn):
    stand_in.answer = http(200, b'{"distributionConfigurationSummaryList": [{"na')
    outcome = gateway.names(AwsConnection("eu-west-1", sandbox_url=stand_in.url))
    assert isinstance(outcome, Unknown)
    assert not outcome.uncertain
