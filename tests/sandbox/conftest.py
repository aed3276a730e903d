"""One sandbox process for all tests of this room, and boto3 clients for it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests import sandbox_process

Connect = Callable[..., Any]
Send = Callable[..., "tuple[int, dict[str, str], bytes]"]
Document = dict[str, Any]


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a sandbox that all tests share: each makes up names of its own."""
    url, process = sandbox_process.start(tmp_path_factory.mktemp("sandbox") / "state.json")
    yield url
    assert sandbox_process.stop(process) == 0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], tuple[str, Any]]]:
    """Starts a sandbox of the test's own: the same state file each time."""
    started = []

    def start_() -> tuple[str, Any]:
        url, process = sandbox_process.start(tmp_path / "state.json")
        started.append(process)
        return url, process

    yield start_
    for process in started:
        sandbox_process.stop(process)


@pytest.fixture(scope="session")
def connect(sandbox_url: str) -> Connect:
    """Makes boto3 clients that send once and let bad parameters through to the service.

    `connect("imagebuilder", region="us-east-1", url=..., timeout=200, aws_access_key_id=...)`
    """

    def connect_(
        service: str,
        region: str = "eu-west-1",
        url: str = sandbox_url,
        timeout: float = 200,  # a sandbox on a busy machine is filled before it answers
        **credentials: str,
    ) -> Any:
        config = Config(
            retries={"total_max_attempts": 1},
            read_timeout=timeout,
            proxies={},
            parameter_validation=False,
        )
        keys = {"aws_access_key_id": "AKIATESTS", "aws_secret_access_key": "unchecked"}
        return boto3.client(
            service, region, endpoint_url=url, config=config, **(keys | credentials)
        )

    return connect_


@pytest.fixture(scope="session")
def imagebuilder(connect: Connect) -> Any:
    """A client of Image Builder in eu-west-1."""
    return connect("imagebuilder")


@pytest.fixture
def send(sandbox_url: str) -> Send:
    """Sends raw HTTP: `send("PUT", "/path", b"body", {"X-Header": "..."})`, signed in form."""

    def send_(
        method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        scope = "AKIATESTS/20260101/eu-west-1/imagebuilder/aws4_request"
        signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0"}
        request = urllib.request.Request(
            sandbox_url + path, body, signed if headers is None else headers, method=method
        )
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    return send_


@pytest.fixture
def document() -> Document:
    """A valid request with a name and a token that no other test uses."""
    unique = uuid.uuid4().hex
    return {
        "name": f"Base image {unique}",
        "clientToken": str(uuid.uuid4()),
        "distributions": [
            {
                "region": "eu-west-1",
                "amiDistributionConfiguration": {"name": "base-{{ imagebuilder:buildDate }}"},
            }
        ],
    }


@pytest.fixture
def plan_faults(send: Send) -> Iterator[Callable[..., None]]:
    """Plans faults for the create requests that follow, and leaves none behind."""

    def plan(*faults: Document) -> None:
        status, _, answer = send("PUT", "/sandbox/faults", json.dumps(faults).encode())
        assert status == 204, answer

    yield plan
    plan()
