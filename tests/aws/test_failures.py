"""Every way in which a create can end without an ARN, and what it comes to."""

from __future__ import annotations

import socket
from http import HTTPStatus

import pytest
from botocore import exceptions
from botocore.config import Config

from distui.aws import failures, gateway, sessions
from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted, Rejected, Unknown
from tests.aws.conftest import body
from tests.aws.stand_in import accepted, http, refusal

# What an outcome lets one do: settled, try again, try again though it may exist, or have a person
# look, whether it may exist or not.
REJECTED = "rejected"
AGAIN = "again"
AGAIN_UNCERTAIN = "again, uncertain"
LOOK = "look"
LOOK_UNCERTAIN = "look, uncertain"

HTML = b"<html><body>" + b"A proxy speaks. " * 20 + b"</body></html>"
ARN = "arn:aws:imagebuilder:eu-west-1:123456789012:distribution-configuration/base"

REFUSALS = [
    (500, "ServiceException", AGAIN_UNCERTAIN),
    (503, "ServiceUnavailableException", AGAIN_UNCERTAIN),
    (429, "CallRateLimitExceededException", AGAIN),
    (400, "ThrottlingException", AGAIN),
    (400, "Throttling", AGAIN),
    (429, "TooManyRequestsException", AGAIN),
    (503, "RequestLimitExceeded", AGAIN),
    (400, "ClientException", REJECTED),
    (400, "InvalidRequestException", REJECTED),
    (400, "InvalidParameterCombinationException", REJECTED),
    (400, "InvalidParameterValueException", REJECTED),
    (400, "IdempotentParameterMismatchException", LOOK_UNCERTAIN),
    (400, "ResourceAlreadyExistsException", REJECTED),
    (400, "ResourceInUseException", AGAIN),
    (402, "ServiceQuotaExceededException", REJECTED),
    (403, "ForbiddenException", REJECTED),
    (403, "AccessDeniedException", REJECTED),
    (403, "ExpiredTokenException", AGAIN),
    (403, "UnrecognizedClientException", AGAIN),
    (403, "InvalidSignatureException", AGAIN),
    (403, "SignatureDoesNotMatch", AGAIN),
    (403, "IncompleteSignature", AGAIN),
    (403, "MissingAuthenticationToken", AGAIN),
    (403, "RequestExpired", AGAIN),
    (403, "RequestTimeTooSkewed", AGAIN),
    (403, "OptInRequired", AGAIN),
    (412, "DryRunOperationException", LOOK),
    (408, "RequestTimeout", AGAIN_UNCERTAIN),
    (400, "RequestTimeoutException", AGAIN_UNCERTAIN),
    (400, "TransactionInProgressException", AGAIN_UNCERTAIN),
    (400, "NobodyKnowsThisException", LOOK),
    (500, "ClientException", AGAIN_UNCERTAIN),
]

ANSWERS = {
    "429 empty": (http(429), AGAIN),
    "400 empty": (http(400), LOOK),
    "500 empty": (http(500), AGAIN_UNCERTAIN),
    "502 of a proxy": (http(502, HTML), AGAIN_UNCERTAIN),
    "503 of a proxy": (http(503, HTML), AGAIN_UNCERTAIN),
    "504 of a proxy": (http(504, HTML), AGAIN_UNCERTAIN),
    "403 of a proxy": (http(403, HTML), LOOK),
    "301": (http(301, b"", "Location: https://example.com/"), LOOK),
    "307": (http(307, b"", "Location: https://example.com/"), LOOK),
    "200 empty": (http(200), AGAIN_UNCERTAIN),
    "200 of a proxy": (http(200, HTML), AGAIN_UNCERTAIN),
    "200 without members": (http(200, b"{}"), AGAIN_UNCERTAIN),
    "200 a list": (http(200, b"[1]"), AGAIN_UNCERTAIN),
    "200 a number": (http(200, b"1"), AGAIN_UNCERTAIN),
    "200 cut off": (lambda sent: accepted()(sent)[:-30], AGAIN_UNCERTAIN),
    "200 cut in the head": (b"HTTP/1.1 200 OK\r\nContent-", AGAIN_UNCERTAIN),
    "no answer": (b"", AGAIN_UNCERTAIN),
    "no HTTP": (b"\x00\x01\x02", AGAIN_UNCERTAIN),
    "200 no ARN": (accepted(distributionConfigurationArn=None), AGAIN_UNCERTAIN),
    "200 script": (accepted(distributionConfigurationArn="<script>"), LOOK_UNCERTAIN),
    "200 ARN and newline": (accepted(distributionConfigurationArn=ARN + "\n"), LOOK_UNCERTAIN),
    "200 ARN a number": (accepted(distributionConfigurationArn=7), LOOK_UNCERTAIN),
    "200 other account": (
        accepted(distributionConfigurationArn=ARN.replace("123456789012", "999999999999")),
        LOOK_UNCERTAIN,
    ),
    "200 other Region": (
        accepted(distributionConfigurationArn=ARN.replace("eu-west-1", "us-east-1")),
        LOOK_UNCERTAIN,
    ),
    "200 other partition": (
        accepted(distributionConfigurationArn=ARN.replace("arn:aws:", "arn:aws-cn:")),
        LOOK_UNCERTAIN,
    ),
    "200 other token": (accepted(clientToken="another"), LOOK_UNCERTAIN),
    "200 no token": (accepted(clientToken=None), LOOK_UNCERTAIN),
}


def kind_of(outcome):
    """What an outcome lets one do, as the tables say it."""
    match outcome:
        case Rejected():
            return REJECTED
        case Unknown(uncertain=uncertain, retry=retry):
            return ("again" if retry else "look") + (", uncertain" if uncertain else "")
    return "accepted"


def create(url, sent=None):
    """The outcome of a create at that address, in the account of the tables."""
    access = AwsConnection("eu-west-1", sandbox_url=url)
    return gateway.create(access, sent or body(), account="123456789012")


def configure(monkeypatch, **options):
    """Clients made from now on have these options."""
    config = sessions.CONFIG.merge(Config(**{"proxies": {}} | options))
    monkeypatch.setattr(sessions, "_SANDBOX_CONFIG", config)


def test_the_answer_that_the_tables_vary_is_accepted(stand_in):
    stand_in.answer = accepted()
    outcome = create(stand_in.url)
    assert isinstance(outcome, Accepted)
    assert outcome.arn == ARN


@pytest.mark.parametrize(("status", "code", "expected"), REFUSALS)
def test_each_error_code_has_its_outcome(stand_in, status, code, expected):
    stand_in.answer = refusal(status, code, "Not today.")
    outcome = create(stand_in.url)
    assert kind_of(outcome) == expected
    assert (outcome.code, outcome.status) == (code, status)
    assert (outcome.message, outcome.request_id) == ("Not today.", "r-1")
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize("case", ANSWERS)
def test_each_strange_answer_has_its_outcome(stand_in, case):
    stand_in.answer, expected = ANSWERS[case]
    assert kind_of(create(stand_in.url)) == expected
    assert len(stand_in.requests) == 1


def test_waiting_for_an_answer_ends_at_the_read_timeout(monkeypatch):
    configure(monkeypatch, read_timeout=0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outcome = create(f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert kind_of(outcome) == AGAIN_UNCERTAIN
    assert outcome.code == "ReadTimeoutError"


def test_a_failed_secure_connection_is_no_proof_that_nothing_went_out(stand_in):
    stand_in.answer = http(400)
    outcome = create(stand_in.url.replace("http:", "https:"))
    assert (kind_of(outcome), outcome.code) == (AGAIN_UNCERTAIN, "SSLError")


def test_a_refused_connection_has_sent_nothing():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    outcome = create(f"http://127.0.0.1:{port}")
    assert kind_of(outcome) == AGAIN
    assert outcome.code == "EndpointConnectionError"


def test_a_host_without_an_address_has_been_sent_nothing():
    assert kind_of(create("http://nobody.invalid")) == AGAIN


def test_an_unreachable_proxy_has_been_sent_nothing(monkeypatch):
    configure(monkeypatch, proxies={"http": "http://127.0.0.1:1"})
    outcome = create("http://nobody.invalid")
    assert kind_of(outcome) == AGAIN
    assert outcome.code == "ProxyConnectionError"


def test_a_connect_timeout_has_sent_nothing():
    error = exceptions.ConnectTimeoutError(endpoint_url="http://example.com")
    assert kind_of(failures.outcome_of(error, sent=True)) == AGAIN


@pytest.mark.parametrize(
    ("access", "code"),
    [
        (AwsConnection("eu-west-1"), "NoCredentialsError"),
        (AwsConnection("eu-west-1", profile="nobody"), "ProfileNotFound"),
        (AwsConnection("eu/west", sandbox_url="http://127.0.0.1:1"), "InvalidRegionError"),
        (AwsConnection("eu-west-1", sandbox_url="nonsense"), "ValueError"),
        (AwsConnection("eu-west-1", role_arn="x" * 20, external_id="abc"), "NoCredentialsError"),
    ],
)
def test_without_a_usable_target_nothing_is_sent(access, code):
    outcome = gateway.create(access, body())
    assert kind_of(outcome) == LOOK
    assert outcome.code == code


def test_half_of_a_key_is_no_credentials(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAHALF")
    outcome = gateway.create(AwsConnection("eu-west-1"), body())
    assert (kind_of(outcome), outcome.code) == (LOOK, "PartialCredentialsError")


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"name": 7}, "/name"),
        ({"nme": "x"}, "/nme"),
        ({"distributions": [{}]}, "/distributions/0/region"),
        ({"clientToken": None}, ""),
    ],
)
def test_what_botocore_would_not_send_is_rejected_unsent(stand_in, members, pointer):
    outcome = create(stand_in.url, body(**members))
    assert isinstance(outcome, Rejected)
    assert (outcome.pointer, outcome.status, stand_in.requests) == (pointer, 0, [])


@pytest.mark.parametrize("text", ["not JSON", "[]", "{}", "[" * 9_000])
def test_a_body_that_is_no_request_is_rejected_unsent(stand_in, text):
    outcome = create(stand_in.url, text.encode())
    assert isinstance(outcome, Rejected)
    assert stand_in.requests == []


def test_a_refusal_points_at_the_member_that_it_names(stand_in):
    message = "The value supplied for parameter 'distributions[1]' is not valid."
    stand_in.answer = refusal(400, "InvalidParameterValueException", message)
    assert create(stand_in.url).pointer == "/distributions/1"


def test_a_taken_name_points_at_the_name(stand_in):
    stand_in.answer = refusal(400, "ResourceAlreadyExistsException", "It exists.")
    assert create(stand_in.url).pointer == "/name"


def test_an_error_of_the_fleet_is_never_a_refusal():
    answered = {
        "Error": {"Code": "ForbiddenException"},
        "ResponseMetadata": {"HTTPStatusCode": HTTPStatus.BAD_GATEWAY},
    }
    error = exceptions.ClientError(answered, "CreateDistributionConfiguration")
    assert kind_of(failures.outcome_of(error, sent=True)) != REJECTED


@pytest.mark.parametrize(
    "code",
    [
        "AccessDeniedException",
        "DryRunOperationException",
        "ExpiredTokenException",
        "ForbiddenException",
        "ResourceInUseException",
    ],
)
@pytest.mark.parametrize("status", [500, 502, 503])
def test_no_code_in_a_failure_of_the_fleet_proves_that_nothing_was_created(stand_in, status, code):
    stand_in.answer = refusal(status, code)
    assert kind_of(create(stand_in.url)) == AGAIN_UNCERTAIN


def test_the_end_of_the_process_is_not_caught(stand_in, monkeypatch):
    def end(*_args):
        raise SystemExit(1)

    monkeypatch.setattr(sessions, "imagebuilder", end)
    with pytest.raises(SystemExit):
        create(stand_in.url)
