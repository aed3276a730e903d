"""Every way a Create call can end without an ARN, and the result of each."""

from __future__ import annotations

import socket
from http import HTTPStatus

import pytest
from botocore import exceptions
from botocore.config import Config

from distui.aws import gateway, sessions
from distui.aws.connection import AwsConnection
from distui.aws.errors import failures
from distui.aws.results import Accepted, Rejected, Unknown
from tests.aws.conftest import make_body
from tests.aws.raw_server import created_response, error_response, http

# The next step: none, retry, or a person decides; "uncertain" means that it may exist.
REJECTED = "rejected"
RETRY = "retry"
RETRY_UNCERTAIN = "retry, uncertain"
MANUAL = "manual"
MANUAL_UNCERTAIN = "manual, uncertain"

HTML = b"<html><body>" + b"Proxy error. " * 20 + b"</body></html>"
ARN = "arn:aws:imagebuilder:eu-west-1:123456789012:distribution-configuration/base"


def response_with_arn(arn):
    """Return a successful response with that ARN."""
    return created_response(distributionConfigurationArn=arn)


ERROR_CODES = [
    (500, "ServiceException", RETRY_UNCERTAIN),
    (503, "ServiceUnavailableException", RETRY_UNCERTAIN),
    (429, "CallRateLimitExceededException", RETRY),
    (400, "ThrottlingException", RETRY),
    (400, "Throttling", RETRY),
    (429, "TooManyRequestsException", RETRY),
    (503, "RequestLimitExceeded", RETRY),
    (400, "ClientException", REJECTED),
    (400, "InvalidRequestException", REJECTED),
    (400, "InvalidParameterCombinationException", REJECTED),
    (400, "InvalidParameterValueException", REJECTED),
    (400, "IdempotentParameterMismatchException", MANUAL_UNCERTAIN),
    (400, "ResourceAlreadyExistsException", REJECTED),
    (400, "ResourceInUseException", RETRY),
    (402, "ServiceQuotaExceededException", REJECTED),
    (403, "ForbiddenException", REJECTED),
    (403, "AccessDeniedException", REJECTED),
    (403, "ExpiredTokenException", RETRY_UNCERTAIN),
    (403, "UnrecognizedClientException", RETRY_UNCERTAIN),
    (403, "InvalidSignatureException", RETRY_UNCERTAIN),
    (403, "SignatureDoesNotMatch", RETRY_UNCERTAIN),
    (403, "IncompleteSignature", RETRY_UNCERTAIN),
    (403, "MissingAuthenticationToken", RETRY_UNCERTAIN),
    (403, "RequestExpired", RETRY_UNCERTAIN),
    (403, "RequestTimeTooSkewed", RETRY_UNCERTAIN),
    (403, "OptInRequired", RETRY_UNCERTAIN),
    (412, "DryRunOperationException", MANUAL_UNCERTAIN),
    (408, "RequestTimeout", RETRY_UNCERTAIN),
    (400, "RequestTimeoutException", RETRY_UNCERTAIN),
    (400, "TransactionInProgressException", RETRY_UNCERTAIN),
    (400, "MadeUpException", MANUAL_UNCERTAIN),
    (403, "AccessDenied", MANUAL_UNCERTAIN),
    (500, "ClientException", RETRY_UNCERTAIN),
]

RESPONSES = {
    "429 empty": (http(429), RETRY_UNCERTAIN),
    "400 empty": (http(400), MANUAL_UNCERTAIN),
    "500 empty": (http(500), RETRY_UNCERTAIN),
    "502 from a proxy": (http(502, HTML), RETRY_UNCERTAIN),
    "503 from a proxy": (http(503, HTML), RETRY_UNCERTAIN),
    "504 from a proxy": (http(504, HTML), RETRY_UNCERTAIN),
    "403 from a proxy": (http(403, HTML), MANUAL_UNCERTAIN),
    "301": (http(301, b"", "Location: https://example.com/"), MANUAL_UNCERTAIN),
    "307": (http(307, b"", "Location: https://example.com/"), MANUAL_UNCERTAIN),
    "200 empty": (http(200), RETRY_UNCERTAIN),
    "200 from a proxy": (http(200, HTML), RETRY_UNCERTAIN),
    "200 without members": (http(200, b"{}"), RETRY_UNCERTAIN),
    "200 with a list": (http(200, b"[1]"), RETRY_UNCERTAIN),
    "200 with a number": (http(200, b"1"), RETRY_UNCERTAIN),
    "200 truncated": (lambda body: created_response()(body)[:-30], RETRY_UNCERTAIN),
    "200 with truncated headers": (b"HTTP/1.1 200 OK\r\nContent-", RETRY_UNCERTAIN),
    "no response": (b"", RETRY_UNCERTAIN),
    "not HTTP": (b"\x00\x01\x02", RETRY_UNCERTAIN),
    "200 without ARN": (response_with_arn(None), RETRY_UNCERTAIN),
    "200 with a script as ARN": (
        response_with_arn("<script>"),
        MANUAL_UNCERTAIN,
    ),
    "200 with a newline after the ARN": (
        response_with_arn(ARN + "\n"),
        MANUAL_UNCERTAIN,
    ),
    "200 with a number as ARN": (
        response_with_arn(7),
        MANUAL_UNCERTAIN,
    ),
    "200 with another account": (
        response_with_arn(ARN.replace("123456789012", "999999999999")),
        MANUAL_UNCERTAIN,
    ),
    "200 with another Region": (
        response_with_arn(ARN.replace("eu-west-1", "us-east-1")),
        MANUAL_UNCERTAIN,
    ),
    "200 with another partition": (
        response_with_arn(ARN.replace("arn:aws:", "arn:aws-cn:")),
        MANUAL_UNCERTAIN,
    ),
    "200 with another token": (created_response(clientToken="another"), MANUAL_UNCERTAIN),
    "200 without token": (created_response(clientToken=None), MANUAL_UNCERTAIN),
}


def next_step(result):
    """Return the next step after a result, as named in the tables."""
    match result:
        case Rejected():
            return REJECTED
        case Unknown(uncertain=uncertain, retry=retry):
            return ("retry" if retry else "manual") + (", uncertain" if uncertain else "")
    return "accepted"


def create(url, body=None):
    """Return the result of a Create call at the URL, expecting the account of the tables."""
    connection = AwsConnection("eu-west-1", sandbox_url=url)
    return gateway.create(connection, body or make_body(), account="123456789012")


def configure(monkeypatch, **options):
    """Set botocore options of all clients created afterwards."""
    config = sessions.CONFIG.merge(Config(**{"proxies": {}} | options))
    monkeypatch.setattr(sessions, "_SANDBOX_CONFIG", config)


def test_the_unchanged_response_is_accepted(raw_server):
    raw_server.response = created_response()
    result = create(raw_server.url)
    assert isinstance(result, Accepted)
    assert result.arn == ARN


@pytest.mark.parametrize(("status", "code", "expected"), ERROR_CODES)
def test_each_error_code_has_its_result(raw_server, status, code, expected):
    raw_server.response = error_response(status, code, "Not today.")
    result = create(raw_server.url)
    assert next_step(result) == expected
    assert (result.code, result.status) == (code, status)
    assert (result.message, result.request_id) == ("Not today.", "r-1")
    assert len(raw_server.requests) == 1


@pytest.mark.parametrize("case", RESPONSES)
def test_each_unexpected_response_has_its_result(raw_server, case):
    raw_server.response, expected = RESPONSES[case]
    assert next_step(create(raw_server.url)) == expected
    assert len(raw_server.requests) == 1


def test_a_read_timeout_is_uncertain(monkeypatch):
    configure(monkeypatch, read_timeout=0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        result = create(f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert next_step(result) == RETRY_UNCERTAIN
    assert result.code == "ReadTimeoutError"


def test_a_tls_error_is_uncertain(raw_server):
    raw_server.response = http(400)
    result = create(raw_server.url.replace("http:", "https:"))
    assert (next_step(result), result.code) == (RETRY_UNCERTAIN, "SSLError")


def test_a_refused_connection_sends_nothing():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    result = create(f"http://127.0.0.1:{port}")
    assert next_step(result) == RETRY
    assert result.code == "EndpointConnectionError"


def test_an_unknown_host_is_sent_nothing():
    assert next_step(create("http://nobody.invalid")) == RETRY


def test_an_unreachable_proxy_is_sent_nothing(monkeypatch):
    configure(monkeypatch, proxies={"http": "http://127.0.0.1:1"})
    result = create("http://nobody.invalid")
    assert next_step(result) == RETRY
    assert result.code == "ProxyConnectionError"


def test_a_connect_timeout_sends_nothing():
    error = exceptions.ConnectTimeoutError(endpoint_url="http://example.com")
    assert next_step(failures.create_failure(error, sent=True)) == RETRY


@pytest.mark.parametrize(
    ("connection", "code"),
    [
        (AwsConnection("eu-west-1"), "NoCredentialsError"),
        (AwsConnection("eu-west-1", profile="nobody"), "ProfileNotFound"),
        (AwsConnection("eu/west", sandbox_url="http://127.0.0.1:1"), "InvalidRegionError"),
        (AwsConnection("eu-west-1", sandbox_url="nonsense"), "ValueError"),
        (AwsConnection("eu-west-1", role_arn="x" * 20, external_id="abc"), "NoCredentialsError"),
    ],
)
def test_an_unusable_connection_sends_nothing(connection, code):
    result = gateway.create(connection, make_body())
    assert next_step(result) == MANUAL
    assert result.code == code


def test_half_a_key_is_not_a_credential(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAHALF")
    result = gateway.create(AwsConnection("eu-west-1"), make_body())
    assert (next_step(result), result.code) == (MANUAL, "PartialCredentialsError")


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"name": 7}, "/name"),
        ({"nme": "x"}, "/nme"),
        ({"distributions": [{}]}, "/distributions/0/region"),
        ({"clientToken": None}, ""),
    ],
)
def test_invalid_parameters_are_rejected_unsent(raw_server, members, pointer):
    result = create(raw_server.url, make_body(**members))
    assert isinstance(result, Rejected)
    assert (result.pointer, result.status, raw_server.requests) == (pointer, 0, [])


@pytest.mark.parametrize("text", ["not JSON", "[]", "{}", "[" * 9_000])
def test_a_body_other_than_a_request_is_not_sent(raw_server, text):
    result = create(raw_server.url, text.encode())
    assert isinstance(result, Rejected)
    assert raw_server.requests == []


def test_a_rejection_points_at_the_named_member(raw_server):
    message = "The value supplied for parameter 'distributions[1]' is not valid."
    raw_server.response = error_response(400, "InvalidParameterValueException", message)
    assert create(raw_server.url).pointer == "/distributions/1"


def test_an_existing_name_points_at_the_name(raw_server):
    raw_server.response = error_response(400, "ResourceAlreadyExistsException", "It exists.")
    assert create(raw_server.url).pointer == "/name"


def test_a_5xx_error_is_never_a_rejection():
    response = {
        "Error": {"Code": "ForbiddenException"},
        "ResponseMetadata": {"HTTPStatusCode": HTTPStatus.BAD_GATEWAY},
    }
    error = exceptions.ClientError(response, "CreateDistributionConfiguration")
    assert next_step(failures.create_failure(error, sent=True)) != REJECTED


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
def test_no_code_in_a_5xx_response_is_certain(raw_server, status, code):
    raw_server.response = error_response(status, code)
    assert next_step(create(raw_server.url)) == RETRY_UNCERTAIN


def test_system_exit_is_not_caught(raw_server, monkeypatch):
    def exit_process(*_args):
        raise SystemExit(1)

    monkeypatch.setattr(sessions, "imagebuilder", exit_process)
    with pytest.raises(SystemExit):
        create(raw_server.url)
