"""The credentials that sign a call, and the endpoint that it is sent to."""

from __future__ import annotations

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from distui.aws import gateway, sessions
from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted, Identity, Rejected, Unknown
from tests.aws.conftest import make_body
from tests.aws.raw_server import RawServer, created_response, error_response, http

MEMBER = "591837264018"
ROLE = f"arn:aws:iam::{MEMBER}:role/EC2ImageBuilderDistributionCrossAccountRole"
ROLE_CONNECTION = AwsConnection("eu-west-1", role_arn=ROLE, external_id="tide")
ACCESS_DENIED = http(
    403,
    b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not you.</Message></Error>"
    b"<RequestId>r-1</RequestId></ErrorResponse>",
)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch):
    """Return a function that sets the endpoint and an access key in the environment."""

    def set_endpoint(url: str) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAFIRST")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-checked")

    return set_endpoint


def test_a_role_creates_in_its_own_account(sandbox_url, endpoint):
    endpoint(sandbox_url)
    connection = AwsConnection(
        "eu-west-1", role_arn=ROLE, external_id="tidewater", session_name="alice"
    )
    caller = gateway.identity(connection)
    result = gateway.create(connection, make_body(), account=MEMBER)
    assert isinstance(caller, Identity)
    assert caller.account == MEMBER
    assert caller.arn.endswith("/alice")
    assert isinstance(result, Accepted)
    assert f":{MEMBER}:" in result.arn


@pytest.mark.parametrize(
    ("session_name", "expected"),
    [
        ("alice", "alice"),
        ("zoë o'neill@tidewater.example", "zo--o-neill@tidewater.example"),
        ("a", "a-"),
        ("a" * 150, "a" * 64),
    ],
)
def test_sts_gets_external_id_and_session_name(raw_server, endpoint, session_name, expected):
    endpoint(raw_server.url)
    raw_server.response = ACCESS_DENIED
    connection = AwsConnection(
        "eu-west-1", role_arn=ROLE, external_id="tide", session_name=session_name
    )
    gateway.create(connection, make_body())
    [(_head, form)] = raw_server.requests
    query = parse_qs(form.decode())
    assert query["Action"] == ["AssumeRole"]
    assert (query["RoleArn"], query["ExternalId"]) == ([ROLE], ["tide"])
    assert query["RoleSessionName"] == [expected]


def test_a_role_is_assumed_without_an_external_id(raw_server, endpoint):
    endpoint(raw_server.url)
    raw_server.response = ACCESS_DENIED
    gateway.create(AwsConnection("eu-west-1", role_arn=ROLE), make_body())
    [(_head, form)] = raw_server.requests
    assert "ExternalId" not in parse_qs(form.decode())


def test_a_denied_role_sends_nothing(raw_server, endpoint):
    endpoint(raw_server.url)
    raw_server.response = ACCESS_DENIED
    result = gateway.create(ROLE_CONNECTION, make_body())
    assert isinstance(result, Unknown)
    assert (result.code, result.message) == ("AccessDenied", "Not you.")
    assert (result.uncertain, result.retry) == (False, False)


def signing_keys(raw_server: RawServer) -> list[str]:
    """Return the access keys that signed the received requests."""
    return [head.partition("Credential=")[2].partition("/")[0] for head, _ in raw_server.requests]


def test_expired_credentials_are_loaded_again_for_the_next_call(raw_server, endpoint, monkeypatch):
    endpoint(raw_server.url)
    raw_server.response = error_response(403, "ExpiredTokenException")
    gateway.create(AwsConnection("eu-west-1"), make_body())
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASECOND")
    raw_server.response = created_response()
    assert isinstance(gateway.create(AwsConnection("eu-west-1"), make_body()), Accepted)
    assert signing_keys(raw_server) == ["AKIAFIRST", "AKIASECOND"]


def test_credentials_that_come_later_are_used(raw_server, endpoint, monkeypatch):
    endpoint(raw_server.url)
    key = os.environ["AWS_ACCESS_KEY_ID"]
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    result = gateway.create(AwsConnection("eu-west-1"), make_body())
    assert (result.code, raw_server.requests) == ("NoCredentialsError", [])
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    raw_server.response = created_response()
    assert isinstance(gateway.create(AwsConnection("eu-west-1"), make_body()), Accepted)


def test_a_rejection_keeps_the_session(raw_server, endpoint, monkeypatch):
    endpoint(raw_server.url)
    raw_server.response = error_response(400, "InvalidRequestException")
    for key in ("AKIAFIRST", "AKIASECOND"):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
        assert isinstance(gateway.create(AwsConnection("eu-west-1"), make_body()), Rejected)
    assert signing_keys(raw_server) == ["AKIAFIRST", "AKIAFIRST"]


def test_a_profile_uses_its_own_key(raw_server, endpoint, monkeypatch, tmp_path: Path):
    endpoint(raw_server.url)
    credentials = tmp_path / "credentials"
    credentials.write_text(
        "[tidewater]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n"
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
    raw_server.response = created_response()
    result = gateway.create(AwsConnection("eu-west-1", profile="tidewater"), make_body())
    assert isinstance(result, Accepted)
    assert signing_keys(raw_server) == ["AKIAPROFILE"]


def test_the_sandbox_connection_ignores_the_environment(
    connection, monkeypatch: pytest.MonkeyPatch
):
    for name in ("AWS_ENDPOINT_URL", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert isinstance(gateway.create(connection, make_body()), Accepted)


def test_a_service_endpoint_overrides_the_global_endpoint(raw_server, endpoint, monkeypatch):
    endpoint("http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_IMAGEBUILDER", raw_server.url)
    raw_server.response = created_response()
    assert isinstance(gateway.create(AwsConnection("eu-west-1"), make_body()), Accepted)


@pytest.mark.parametrize(
    "response", [b"", http(500), http(502, b"no XML")], ids=["dropped", "failed", "unreadable"]
)
def test_a_failing_sts_allows_a_retry(raw_server, endpoint, response):
    endpoint(raw_server.url)
    raw_server.response = response
    result = gateway.create(ROLE_CONNECTION, make_body())
    assert isinstance(result, Unknown)
    assert (result.uncertain, result.retry) == (False, True)
    assert len(raw_server.requests) == 1


def test_threads_share_one_client_per_connection():
    connection = AwsConnection("eu-west-1", sandbox_url="http://127.0.0.1:1")
    with ThreadPoolExecutor(8) as pool:
        clients = set(pool.map(lambda _: sessions.imagebuilder(connection), range(32)))
    assert len(clients) == 1


def test_each_region_has_its_own_client(endpoint):
    endpoint("http://127.0.0.1:1")
    regions = [
        sessions.imagebuilder(AwsConnection(region)) for region in ("eu-west-1", "us-east-1")
    ]
    assert [client.meta.region_name for client in regions] == ["eu-west-1", "us-east-1"]


def test_clients_do_not_retry_and_time_out_soon():
    config = sessions.imagebuilder(AwsConnection("eu-west-1", sandbox_url="http://x")).meta.config
    assert config.retries["total_max_attempts"] == 1
    assert (config.connect_timeout, config.read_timeout) == (3, 20)


def test_no_secret_is_logged_at_debug_level(raw_server, endpoint, monkeypatch, caplog):
    endpoint(raw_server.url)
    raw_server.response = created_response()
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, f"canary-of-{name}")
    caplog.set_level(logging.DEBUG)
    assert isinstance(gateway.create(AwsConnection("eu-west-1"), make_body()), Accepted)
    assert "canary" in raw_server.requests[0][0]
    assert "canary" not in caplog.text
