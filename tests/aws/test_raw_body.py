"""What is given is what is sent: these bytes, signed, and nothing of botocore's own."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted
from tests.aws.conftest import body, token_of
from tests.aws.stand_in import accepted


def test_it_sends_exactly_the_bytes_given(stand_in):
    stand_in.answer = accepted()
    sent = body(description="naïve  \u2028 café")
    gateway.create(AwsConnection("eu-west-1", sandbox_url=stand_in.url), sent)
    [(head, received)] = stand_in.requests
    assert received == sent
    assert received != json.dumps(json.loads(sent)).encode()
    assert head.startswith("PUT /CreateDistributionConfiguration HTTP/1.1\r\n")


def test_it_signs_those_bytes(stand_in):
    stand_in.answer = accepted()
    access = AwsConnection("eu-west-1", sandbox_url=stand_in.url)
    sent = body()
    gateway.create(access, sent)
    head = stand_in.requests[0][0]
    assert "AWS4-HMAC-SHA256" in head
    assert "/eu-west-1/imagebuilder/aws4_request" in head
    assert head.count("\r\nContent-Length:") == 1
    assert f"\r\nContent-Length: {len(sent)}\r\n" in head


def test_the_sandbox_logs_their_digest(access, sends_of):
    sent = body()
    outcome = gateway.create(access, sent)
    assert isinstance(outcome, Accepted)
    [logged] = sends_of(sent)
    assert logged["sha256"] == hashlib.sha256(sent).hexdigest()


def test_it_keeps_the_text_of_the_answer(stand_in):
    stand_in.answer = accepted(note="kept as it came")
    sent = body()
    outcome = gateway.create(AwsConnection("eu-west-1", sandbox_url=stand_in.url), sent)
    assert isinstance(outcome, Accepted)
    assert json.loads(outcome.response)["note"] == "kept as it came"
    assert outcome.request_id == "r-1"


def test_threads_that_share_a_client_each_send_their_own_bytes(stand_in):
    stand_in.answer = accepted()
    access = AwsConnection("eu-west-1", sandbox_url=stand_in.url)
    bodies = [body() for _ in range(40)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda sent: gateway.create(access, sent), bodies))
    assert sorted(received for _, received in stand_in.requests) == sorted(bodies)
    for sent, outcome in zip(bodies, outcomes, strict=True):
        assert isinstance(outcome, Accepted)
        assert json.loads(outcome.response)["clientToken"] == token_of(sent)
