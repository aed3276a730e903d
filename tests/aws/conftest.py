"""A sandbox process, request bodies for it, and an environment without AWS settings."""

from __future__ import annotations

import json
import os
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from distui.aws import sessions
from distui.aws.connection import AwsConnection
from tests import sandbox_process
from tests.aws.raw_server import RawServer


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a sandbox that all tests of this package share; return its URL."""
    url, process = sandbox_process.start(tmp_path_factory.mktemp("sandbox") / "state.json")
    # It responds after seeding, which can take longer than the gateway's timeout.
    scope = "AKIATESTS/20260101/eu-west-1/sts/aws4_request"
    headers = {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0"}
    query = b"Action=GetCallerIdentity&Version=2011-06-15"
    urllib.request.urlopen(urllib.request.Request(url, query, headers)).close()
    yield url
    sandbox_process.stop(process)


@pytest.fixture
def connection(sandbox_url: str) -> AwsConnection:
    """Return a connection to the sandbox in eu-west-1."""
    return AwsConnection("eu-west-1", sandbox_url=sandbox_url)


@pytest.fixture
def raw_server() -> Iterator[RawServer]:
    """Start a server that sends the raw response that a test sets."""
    with RawServer() as server:
        yield server


@pytest.fixture(autouse=True)
def no_aws_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Remove the AWS variables, files and cached sessions of the person who runs the tests."""
    for name in os.environ:
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    sessions.clear_caches()
    yield
    sessions.clear_caches()


def make_document(**members: Any) -> dict[str, Any]:
    """Return a valid request with a unique name and token."""
    ami = {"name": "base-{{ imagebuilder:buildDate }}"}
    return {
        "name": f"Base image {uuid.uuid4().hex}",
        "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": ami}],
        "clientToken": str(uuid.uuid4()),
    } | members


def make_body(**members: Any) -> bytes:
    """Return a valid request body, formatted differently from botocore's serializer."""
    return json.dumps(make_document(**members), indent=3, ensure_ascii=False).encode()


def token_of(body: bytes) -> str:
    """Return the client token of a body."""
    return str(json.loads(body)["clientToken"])


@pytest.fixture
def plan_faults(sandbox_url: str) -> Iterator[Callable[..., None]]:
    """Return a function that plans faults for the next Create requests; clear them afterwards."""

    def plan(*faults: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"{sandbox_url}/sandbox/faults",
            json.dumps(faults).encode(),
            sandbox_process.CONTROL,
            method="PUT",
        )
        urllib.request.urlopen(request).close()

    yield plan
    plan()


@pytest.fixture
def logged_requests(sandbox_url: str) -> Callable[[bytes], list[dict[str, Any]]]:
    """Return a function that finds a body's client token in the sandbox's request log."""

    def find(body: bytes) -> list[dict[str, Any]]:
        request = urllib.request.Request(
            f"{sandbox_url}/sandbox/log", headers=sandbox_process.CONTROL
        )
        with urllib.request.urlopen(request) as response:
            log = json.load(response)
        return [entry for entry in log if entry["clientToken"] == token_of(body)]

    return find
