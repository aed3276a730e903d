"""One sandbox process for all tests of this package, and boto3 clients for it."""

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
    """Start a sandbox that all tests share; return its URL."""
    url, process = sandbox_process.start(tmp_path_factory.mktemp("sandbox") / "state.json")
    yield url
    assert sandbox_process.stop(process) == 0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], tuple[str, Any]]]:
    """Return a function that starts a sandbox, always with the same state file."""
    processes = []

    def start_sandbox() -> tuple[str, Any]:
        url, process = sandbox_process.start(tmp_path / "state.json")
        processes.append(process)
        return url, process

    yield start_sandbox
    for process in processes:
        sandbox_process.stop(process)


@pytest.fixture(scope="session")
def connect(sandbox_url: str) -> Connect:
    """Return a function that makes boto3 clients without retries and parameter validation.

    ``connect("imagebuilder", region="us-east-1", url=..., timeout=200, aws_access_key_id=...)``
    """

    def make_client(
        service: str,
        region: str = "eu-west-1",
        url: str = sandbox_url,
        timeout: float = 200,  # seeding is slow on a busy machine
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

    return make_client


@pytest.fixture(scope="session")
def imagebuilder(connect: Connect) -> Any:
    """Return an Image Builder client in eu-west-1."""
    return connect("imagebuilder")


@pytest.fixture
def send(sandbox_url: str) -> Send:
    """Return a function that sends raw HTTP with a credential scope.

    ``send("PUT", "/path", b"body", {"X-Header": "..."})``
    """

    def send_request(
        method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        scope = "AKIATESTS/20260101/eu-west-1/imagebuilder/aws4_request"
        default_headers = {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0",
            **sandbox_process.CONTROL,
        }
        request = urllib.request.Request(
            sandbox_url + path, body, default_headers if headers is None else headers, method=method
        )
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    return send_request


@pytest.fixture
def document() -> Document:
    """Return a valid request with a unique name and token."""
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
    """Return a function that plans faults for the next Create requests; clear them afterwards."""

    def plan(*faults: Document) -> None:
        status, _, body = send("PUT", "/sandbox/faults", json.dumps(faults).encode())
        assert status == 204, body

    yield plan
    plan()
