"""The requests that are refused: other hosts, other services, and control without the token."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from distui.sandbox.server.access import TOKEN_HEADER
from tests import sandbox_process
from tests.sandbox_process import CONTROL

pytestmark = pytest.mark.process


def signed(service: str, prefix: str = "") -> dict[str, str]:
    """Return the Authorization header of a request to a service."""
    scope = f"{prefix}AKIATESTS/20260101/eu-west-1/{service}/aws4_request"
    return {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "["])
@pytest.mark.parametrize("path", ["/healthz", "/sandbox/log", "/"])
def test_another_host_is_refused(send, host, path):
    headers = signed("s3") | CONTROL | {"Host": host}
    assert send("GET", path, headers=headers)[0] == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "[::1]:99", "bucket.localhost"])
def test_a_name_of_this_machine_is_accepted(send, host):
    assert send("GET", "/healthz", headers={"Host": host})[0] == 200


@pytest.mark.parametrize("headers", [{}, {TOKEN_HEADER: ""}, {TOKEN_HEADER: "guess"}])
@pytest.mark.parametrize(("method", "path"), [("PUT", "/sandbox/faults"), ("GET", "/sandbox/log")])
def test_control_requires_the_token(send, method, path, headers):
    status, _, body = send(method, path, b"[]" if method == "PUT" else None, headers)
    assert (status, b"SANDBOX_TOKEN" in body) == (403, True)


def test_without_a_token_there_is_no_control(tmp_path):
    url, process = sandbox_process.start(tmp_path / "state.json", {"SANDBOX_TOKEN": ""})
    request = urllib.request.Request(f"{url}/sandbox/log", headers={TOKEN_HEADER: ""})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request)
    assert sandbox_process.stop(process) == 0


@pytest.mark.parametrize("service", ["lambda", "batch", "secretsmanager", "moto_api", "S3", "x"])
def test_other_services_are_refused(send, service):
    status, _, body = send("GET", "/", headers=signed(service))
    assert (status, json.loads(body)["message"]) == (
        404,
        f"The sandbox does not have the service '{service}'.",
    )


def test_one_service_cannot_be_named_for_another(send):
    two = signed("s3", prefix="AKIATESTS/1/eu-west-1/lambda/aws4_request, Credential=")
    assert send("GET", "/2015-03-31/functions/", headers=two)[0] == 403


@pytest.mark.parametrize("path", ["/moto-api/reset", "/moto-api/", "/latest/meta-data/"])
def test_the_emulator_cannot_be_controlled(send, connect, path):
    assert send("POST", path, b"", signed("s3"))[0] == 404
    assert connect("organizations").describe_organization()
