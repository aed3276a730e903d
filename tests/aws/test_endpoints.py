"""A profile of the AWS configuration sends only to allowed endpoints, as the environment does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from distui.aws import gateway, sessions
from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted, Unknown
from tests.aws.conftest import make_body
from tests.aws.raw_server import created_response, http

KEYS = "aws_access_key_id = AKIAPROFILE\naws_secret_access_key = not-checked\n"
CONFIGS = {
    "profile": "[profile prod]\n{keys}endpoint_url = {url}\n",
    "default": "[default]\n{keys}endpoint_url = {url}\n",
    "services": (
        "[profile prod]\n{keys}services = local\n"
        "[services local]\nimagebuilder =\n  endpoint_url = {url}\n"
    ),
    "role": (
        "[profile prod]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\n"
        "region = eu-west-1\nservices = local\n[profile base]\n{keys}"
        "[services local]\nsts =\n  endpoint_url = {url}\n"
    ),
}


@pytest.fixture(params=CONFIGS)
def connection(request, raw_server, tmp_path, monkeypatch):
    """Return a connection whose profile sends to the raw server."""
    config = tmp_path / "config"
    config.write_text(CONFIGS[request.param].format(keys=KEYS, url=raw_server.url))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    sessions.clear_caches()
    yield AwsConnection("eu-west-1", profile="" if request.param == "default" else "prod")
    sessions.clear_caches()


def test_a_profile_sends_nothing_to_other_urls(connection, raw_server):
    for result in (gateway.create(connection, make_body()), gateway.identity(connection)):
        assert isinstance(result, Unknown)
        assert (result.code, result.retry, result.uncertain) == ("EndpointNotAllowed", False, False)
        assert raw_server.url in result.message
        assert "DISTUI_ALLOWED_ENDPOINTS" in result.message
    assert raw_server.requests == []


def test_an_allowed_url_of_a_profile_is_used(connection, raw_server, monkeypatch):
    monkeypatch.setenv("DISTUI_ALLOWED_ENDPOINTS", f"http://other, {raw_server.url}")
    is_role = "source_profile" in Path(os.environ["AWS_CONFIG_FILE"]).read_text()
    raw_server.response = http(403) if is_role else created_response()
    result = gateway.create(connection, make_body())
    assert isinstance(result, Unknown if is_role else Accepted)
    [(_, body)] = raw_server.requests
    assert (b"AssumeRole" in body) == is_role


def test_a_targets_role_obeys_the_default_profile(raw_server, tmp_path, monkeypatch):
    config = tmp_path / "config"
    config.write_text(CONFIGS["default"].format(keys=KEYS, url=raw_server.url))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    role = AwsConnection("eu-west-1", role_arn="arn:aws:iam::123456789012:role/x", external_id="x")
    sessions.clear_caches()
    result = gateway.create(role, make_body())
    assert isinstance(result, Unknown)
    assert result.code == "EndpointNotAllowed"
    assert raw_server.requests == []
