"""The gateway over HTTP against a real sandbox process."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Accepted, Found, Identity, Rejected, Unknown
from tests.aws.conftest import make_body, make_document
from tests.aws.raw_server import RawServer, error_response, http

ACCOUNT = "418273950164"
ARNS = f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/"


def arn_of(body: bytes) -> str:
    """Return the ARN that the sandbox gives to the name in a body."""
    return ARNS + json.loads(body)["name"].lower().replace(" ", "-").replace("_", "-")


def body_with_equivalent_name(body: bytes) -> bytes:
    """Return a new request whose name differs only in case and separators."""
    return make_body(name=json.loads(body)["name"].upper().replace(" ", "_"))


def test_an_accepted_create_returns_arn_and_request_id(connection):
    body = make_body()
    result = gateway.create(connection, body, account=ACCOUNT)
    assert isinstance(result, Accepted)
    assert result.arn == arn_of(body)
    assert result.request_id == json.loads(result.response)["requestId"]


def test_the_same_token_returns_the_same_arn(connection, logged_requests):
    body = make_body()
    first, second = (gateway.create(connection, body) for _ in range(2))
    assert first.arn == second.arn
    assert first.request_id != second.request_id
    assert len(logged_requests(body)) == 2


def test_a_reused_token_with_other_content_stops_sending(connection):
    document = make_document()
    gateway.create(connection, json.dumps(document).encode())
    result = gateway.create(connection, json.dumps(document | {"description": "Other"}).encode())
    assert isinstance(result, Unknown)
    assert (result.uncertain, result.retry) == (True, False)
    assert result.code == "IdempotentParameterMismatchException"


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
def test_a_rejection_has_code_message_and_pointer(connection, distribution, pointer, words):
    body = make_body(distributions=[{"region": "eu-west-1"} | distribution])
    result = gateway.create(connection, body)
    assert isinstance(result, Rejected)
    assert (result.code, result.status) == ("InvalidParameterValueException", 400)
    assert result.pointer == pointer
    assert words in result.message
    assert result.request_id
    assert gateway.find(connection, arn_of(body)) == Absent()


def test_an_equivalent_name_already_exists(connection):
    body = make_body()
    gateway.create(connection, body)
    result = gateway.create(connection, body_with_equivalent_name(body))
    assert isinstance(result, Rejected)
    assert (result.code, result.pointer) == ("ResourceAlreadyExistsException", "/name")
    assert arn_of(body) in result.message
    assert result.request_id


@pytest.mark.parametrize(
    ("fault", "code", "uncertain", "exists"),
    [
        ({"kind": "throttle"}, "CallRateLimitExceededException", False, False),
        ({"kind": "error"}, "ServiceException", True, False),
        ({"kind": "drop-before"}, "ConnectionClosedError", True, False),
        ({"kind": "drop-after"}, "ConnectionClosedError", True, True),
        ({"kind": "truncate-after"}, "", True, True),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_a_retry_after_a_fault_creates_once(
    connection, plan_faults, logged_requests, fault, code, uncertain, exists
):
    body = make_body()
    plan_faults(fault)
    result = gateway.create(connection, body)
    assert isinstance(result, Unknown)
    assert (result.code, result.uncertain, result.retry) == (code, uncertain, True)
    assert isinstance(gateway.find(connection, arn_of(body)), Found if exists else Absent)
    assert len(logged_requests(body)) == 1
    assert gateway.create(connection, body).arn == arn_of(body)


def test_an_arn_of_another_account_is_uncertain(connection):
    result = gateway.create(connection, make_body(), account="999999999999")
    assert isinstance(result, Unknown)
    assert (result.uncertain, result.retry) == (True, False)


def test_identity_returns_the_account_of_the_credentials(connection):
    caller = gateway.identity(connection)
    assert isinstance(caller, Identity)
    assert (caller.account, caller.partition) == (ACCOUNT, "aws")
    assert f"::{ACCOUNT}:" in caller.arn


def test_an_identity_without_an_arn_is_unknown(raw_server):
    raw_server.response = http(200, b"<GetCallerIdentityResponse/>")
    result = gateway.identity(AwsConnection("eu-west-1", sandbox_url=raw_server.url))
    assert isinstance(result, Unknown)
    assert not result.uncertain


def test_find_returns_the_document_that_was_created(connection):
    document = make_document(description="Found again", tags={"Team": "gauges"})
    result = gateway.create(connection, json.dumps(document).encode())
    found = gateway.find(connection, result.arn)
    del document["clientToken"]
    assert isinstance(found, Found)
    assert found.document == document
    assert found.created_at.utcoffset() is not None


def test_a_missing_configuration_is_absent(connection):
    assert gateway.find(connection, ARNS + "never-created") == Absent()


def test_a_forbidden_configuration_is_not_absent(connection):
    result = gateway.find(connection, ARNS.replace(ACCOUNT, "591837264018") + "theirs")
    assert isinstance(result, Unknown)
    assert (result.uncertain, result.retry) == (False, False)


@pytest.mark.parametrize(
    "response", [http(200, b"{}"), http(404), error_response(500, "ServiceException")]
)
def test_only_resource_not_found_means_absent(raw_server, response):
    raw_server.response = response
    result = gateway.find(AwsConnection("eu-west-1", sandbox_url=raw_server.url), ARNS + "base")
    assert isinstance(result, Unknown)
    assert not result.uncertain


def test_names_reads_every_page(connection, monkeypatch):
    monkeypatch.setattr(gateway, "_PAGE_SIZE", 2)
    other_region = replace(connection, region="ap-southeast-2")
    documents = [make_document() for _ in range(5)]
    for document in documents:
        gateway.create(other_region, json.dumps(document).encode())
    assert gateway.names(other_region) == [document["name"] for document in documents]


def test_names_of_a_truncated_page_are_unknown(raw_server: RawServer):
    raw_server.response = http(200, b'{"distributionConfigurationSummaryList": [{"na')
    result = gateway.names(AwsConnection("eu-west-1", sandbox_url=raw_server.url))
    assert isinstance(result, Unknown)
    assert not result.uncertain
