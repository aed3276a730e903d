"""Which credentials sign a call, and where it goes."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from distui.aws import gateway, sessions
from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted, Identity, Rejected, Unknown
from tests.aws.conftest import body
from tests.aws.stand_in import StandIn, accepted, http, refusal

MEMBER = "591837264018"
ROLE = f"arn:aws:iam::{MEMBER}:role/EC2ImageBuilderDistributionCrossAccountRole"
NOT_ALLOWED = http(
    403,
    b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not you.</Message></Error>"
    b"<RequestId>r-1</RequestId></ErrorResponse>",
)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch):
    """Sets the endpoint of the deployment, and a key for it."""

    def set_(url: str) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAFIRST")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-checked")

    return set_


def test_a_role_creates_in_its_own_account(sandbox_url, endpoint):
    endpoint(sandbox_url)
    access = AwsConnection(
        "eu-west-1", role_arn=ROLE, external_id="tidewater", session_name="alice"
    )
    who = gateway.identity(access)
    outcome = gateway.create(access, body(), account=MEMBER)
    assert isinstance(who, Identity)
    assert who.account == MEMBER
    assert who.arn.endswith("/alice")
    assert isinstance(outcome, Accepted)
    assert f":{MEMBER}:" in outcome.arn


@pytest.mark.parametrize(
    ("session_name", "sent"),
    [
        ("alice", "alice"),
        ("zoë o'neill@tidewater.example", "zo--o-neill@tidewater.example"),
        ("a", "a-"),
        ("a" * 150, "a" * 64),
    ],
)
def test_sts_is_told_the_external_id_and_who_asks(stand_in, endpoint, session_name, sent):
    endpoint(stand_in.url)
    stand_in.answer = NOT_ALLOWED
    access = AwsConnection(
        "eu-west-1", role_arn=ROLE, external_id="tide", session_name=session_name
    )
    gateway.create(access, body())
    [(_head, form)] = stand_in.requests
    asked = parse_qs(form.decode())
    assert asked["Action"] == ["AssumeRole"]
    assert (asked["RoleArn"], asked["ExternalId"]) == ([ROLE], ["tide"])
    assert asked["RoleSessionName"] == [sent]


def test_a_role_that_may_not_be_assumed_has_sent_nothing(stand_in, endpoint):
    endpoint(stand_in.url)
    stand_in.answer = NOT_ALLOWED
    outcome = gateway.create(AwsConnection("eu-west-1", role_arn=ROLE, external_id="tide"), body())
    assert isinstance(outcome, Unknown)
    assert (outcome.code, outcome.message) == ("AccessDenied", "Not you.")
    assert (outcome.uncertain, outcome.retry) == (False, False)


def signing_keys(stand_in: StandIn) -> list[str]:
    """The access keys of the requests that came."""
    return [head.partition("Credential=")[2].partition("/")[0] for head, _ in stand_in.requests]


def test_stale_credentials_are_read_anew_for_the_next_send(stand_in, endpoint, monkeypatch):
    endpoint(stand_in.url)
    stand_in.answer = refusal(403, "ExpiredTokenException")
    gateway.create(AwsConnection("eu-west-1"), body())
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASECOND")
    stand_in.answer = accepted()
    assert isinstance(gateway.create(AwsConnection("eu-west-1"), body()), Accepted)
    assert signing_keys(stand_in) == ["AKIAFIRST", "AKIASECOND"]


def test_a_refusal_keeps_the_session(stand_in, endpoint, monkeypatch):
    endpoint(stand_in.url)
    stand_in.answer = refusal(400, "InvalidRequestException")
    for key in ("AKIAFIRST", "AKIASECOND"):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
        assert isinstance(gateway.create(AwsConnection("eu-west-1"), body()), Rejected)
    assert signing_keys(stand_in) == ["AKIAFIRST", "AKIAFIRST"]


def test_a_profile_brings_its_own_key(stand_in, endpoint, monkeypatch, tmp_path: Path):
    endpoint(stand_in.url)
    credentials = tmp_path / "credentials"
    credentials.write_text(
        "[tidewater]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n"
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
    stand_in.answer = accepted()
    outcome = gateway.create(AwsConnection("eu-west-1", profile="tidewater"), body())
    assert isinstance(outcome, Accepted)
    assert signing_keys(stand_in) == ["AKIAPROFILE"]


def test_the_sandbox_is_reached_whatever_the_environment_says_of_aws(
    access, monkeypatch: pytest.MonkeyPatch
):
    for name in ("AWS_ENDPOINT_URL", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert isinstance(gateway.create(access, body()), Accepted)


def test_an_endpoint_of_one_service_goes_before_that_of_all(stand_in, endpoint, monkeypatch):
    endpoint("http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_IMAGEBUILDER", stand_in.url)
    stand_in.answer = accepted()
    assert isinstance(gateway.create(AwsConnection("eu-west-1"), body()), Accepted)


def test_an_endpoint_in_a_configuration_file_is_not_followed(monkeypatch, tmp_path: Path):
    config = tmp_path / "config"
    config.write_text("[default]\nendpoint_url = http://127.0.0.1:1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    client = sessions.imagebuilder(AwsConnection("eu-west-1"))  # asked, because a call would go out
    assert client.meta.endpoint_url == "https://imagebuilder.eu-west-1.amazonaws.com"


@pytest.mark.parametrize(
    "answer", [b"", http(500), http(502, b"no XML")], ids=["dropped", "failed", "unreadable"]
)
def test_a_role_that_sts_says_nothing_of_is_worth_another_try(stand_in, endpoint, answer):
    endpoint(stand_in.url)
    stand_in.answer = answer
    outcome = gateway.create(AwsConnection("eu-west-1", role_arn=ROLE, external_id="tide"), body())
    assert isinstance(outcome, Unknown)
    assert (outcome.uncertain, outcome.retry) == (False, True)
    assert len(stand_in.requests) == 1


def test_threads_share_one_client_of_an_access():
    access = AwsConnection("eu-west-1", sandbox_url="http://127.0.0.1:1")
    with ThreadPoolExecutor(8) as pool:
        clients = set(pool.map(lambda _: sessions.imagebuilder(access), range(32)))
    assert len(clients) == 1


def test_regions_have_clients_of_their_own(endpoint):
    endpoint("http://127.0.0.1:1")
    regions = [
        sessions.imagebuilder(AwsConnection(region)) for region in ("eu-west-1", "us-east-1")
    ]
    assert [client.meta.region_name for client in regions] == ["eu-west-1", "us-east-1"]


def test_a_send_happens_once_and_ends_soon():
    config = sessions.imagebuilder(AwsConnection("eu-west-1", sandbox_url="http://x")).meta.config
    assert config.retries["total_max_attempts"] == 1
    assert (config.connect_timeout, config.read_timeout) == (3, 20)


def test_no_secret_reaches_a_log_even_where_all_is_logged(stand_in, endpoint, monkeypatch, caplog):
    endpoint(stand_in.url)
    stand_in.answer = accepted()
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, f"canary-of-{name}")
    caplog.set_level(logging.DEBUG)
    assert isinstance(gateway.create(AwsConnection("eu-west-1"), body()), Accepted)
    assert "canary" in stand_in.requests[0][0]
    assert "canary" not in caplog.text
