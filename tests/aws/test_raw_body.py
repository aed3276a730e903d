"""The request body on the wire is exactly the given bytes, and those bytes are signed."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted
from tests.aws.conftest import make_body, token_of
from tests.aws.raw_server import created_response


def test_it_sends_exactly_the_bytes_given(raw_server):
    raw_server.response = created_response()
    body = make_body(description="naïve  \u2028 café")
    gateway.create(AwsConnection("eu-west-1", sandbox_url=raw_server.url), body)
    [(head, received)] = raw_server.requests
    assert received == body
    assert received != json.dumps(json.loads(body)).encode()
    assert head.startswith("PUT /CreateDistributionConfiguration HTTP/1.1\r\n")


def test_it_signs_the_given_bytes(raw_server):
    raw_server.response = created_response()
    connection = AwsConnection("eu-west-1", sandbox_url=raw_server.url)
    body = make_body()
    gateway.create(connection, body)
    head = raw_server.requests[0][0]
    assert "AWS4-HMAC-SHA256" in head
    assert "/eu-west-1/imagebuilder/aws4_request" in head
    assert head.count("\r\nContent-Length:") == 1
    assert f"\r\nContent-Length: {len(body)}\r\n" in head


def test_the_sandbox_receives_the_given_bytes(connection, logged_requests):
    body = make_body()
    result = gateway.create(connection, body)
    assert isinstance(result, Accepted)
    [entry] = logged_requests(body)
    assert entry["sha256"] == hashlib.sha256(body).hexdigest()


def test_it_returns_the_response_text_unchanged(raw_server):
    raw_server.response = created_response(note="unchanged")
    body = make_body()
    result = gateway.create(AwsConnection("eu-west-1", sandbox_url=raw_server.url), body)
    assert isinstance(result, Accepted)
    assert json.loads(result.response)["note"] == "unchanged"
    assert result.request_id == "r-1"


def test_threads_sharing_a_client_send_their_own_bytes(raw_server):
    raw_server.response = created_response()
    connection = AwsConnection("eu-west-1", sandbox_url=raw_server.url)
    bodies = [make_body() for _ in range(40)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda body: gateway.create(connection, body), bodies))
    assert sorted(received for _, received in raw_server.requests) == sorted(bodies)
    for body, result in zip(bodies, results, strict=True):
        assert isinstance(result, Accepted)
        assert json.loads(result.response)["clientToken"] == token_of(body)
