"""The sandbox as a process, requests for it, and an environment that says nothing of AWS."""

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
from tests.aws.stand_in import StandIn


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a sandbox that all tests of the room share: each makes up names of its own."""
    url, process = sandbox_process.start(tmp_path_factory.mktemp("sandbox") / "state.json")
    # It answers once it is filled, which may take longer than the gateway waits.
    scope = "AKIATESTS/20260101/eu-west-1/sts/aws4_request"
    signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0"}
    question = b"Action=GetCallerIdentity&Version=2011-06-15"
    urllib.request.urlopen(urllib.request.Request(url, question, signed)).close()
    yield url
    sandbox_process.stop(process)


@pytest.fixture
def access(sandbox_url: str) -> AwsConnection:
    """The sandbox's account, in eu-west-1."""
    return AwsConnection("eu-west-1", sandbox_url=sandbox_url)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A server that answers as a test tells it to."""
    with StandIn() as server:
        yield server


@pytest.fixture(autouse=True)
def no_settings_of_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the variables nor the files of whoever runs the tests, and no cached session."""
    for name in os.environ:
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    sessions.forget()
    yield
    sessions.forget()


def document(**members: Any) -> dict[str, Any]:
    """A valid request with a name and a token that no other test uses."""
    ami = {"name": "base-{{ imagebuilder:buildDate }}"}
    return {
        "name": f"Base image {uuid.uuid4().hex}",
        "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": ami}],
        "clientToken": str(uuid.uuid4()),
    } | members


def body(**members: Any) -> bytes:
    """Its bytes, written in a way in which botocore would not write them."""
    return json.dumps(document(**members), indent=3, ensure_ascii=False).encode()


def token_of(sent: bytes) -> str:
    """The client token in a body."""
    return str(json.loads(sent)["clientToken"])


@pytest.fixture
def plan_faults(sandbox_url: str) -> Iterator[Callable[..., None]]:
    """Plans faults for the sandbox's next creates, and leaves none behind."""

    def plan(*faults: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"{sandbox_url}/sandbox/faults", json.dumps(faults).encode(), method="PUT"
        )
        urllib.request.urlopen(request).close()

    yield plan
    plan()


@pytest.fixture
def sends_of(sandbox_url: str) -> Callable[[bytes], list[dict[str, Any]]]:
    """What the sandbox's log says of the creates with a body's client token."""

    def sends(sent: bytes) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{sandbox_url}/sandbox/log") as answer:
            log = json.load(answer)
        return [entry for entry in log if entry["clientToken"] == token_of(sent)]

    return sends
