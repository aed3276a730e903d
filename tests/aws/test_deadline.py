"""The hard deadline of a call, and the question right before a Create is sent."""

from __future__ import annotations

import threading
import time

import pytest
from structlog.contextvars import bound_contextvars, get_contextvars

from distui.aws import deadline, gateway, sessions
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Accepted, Unknown
from tests.aws.conftest import make_body
from tests.aws.raw_server import created_response, trickling_server

ACCOUNT = "123456789012"


@pytest.fixture
def trickling_url():
    """Return the URL of a server that answers one byte at a time and never ends."""
    with trickling_server() as url:
        yield url


@pytest.fixture
def short(monkeypatch):
    """Make the deadline one second."""
    monkeypatch.setattr(deadline, "SECONDS", 1.0)


@pytest.mark.usefixtures("short")
def test_a_trickling_answer_ends_at_the_deadline(trickling_url):
    connection = AwsConnection("eu-west-1", sandbox_url=trickling_url)
    sessions.imagebuilder(connection)  # the first client takes a while
    started = time.monotonic()
    result = gateway.create(connection, make_body(), account=ACCOUNT)
    assert time.monotonic() - started < 5
    assert isinstance(result, Unknown)
    assert (result.uncertain, result.retry, result.code) == (True, True, "DeadlineExceeded")


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    "read", [gateway.identity, gateway.names, lambda to: gateway.find(to, "arn:aws:x")]
)
def test_every_read_call_has_the_deadline(trickling_url, read):
    started = time.monotonic()
    result = read(AwsConnection("eu-west-1", sandbox_url=trickling_url))
    assert time.monotonic() - started < 5
    assert isinstance(result, Unknown)
    assert not isinstance(result, Absent)
    assert not result.uncertain


def test_the_deadline_is_not_counted_while_the_caller_is_asked(raw_server, monkeypatch):
    monkeypatch.setattr(deadline, "SECONDS", 1.0)
    raw_server.response = created_response()
    assert isinstance(create(raw_server, lambda: time.sleep(0.9) or True), Accepted)


def create(raw_server, may_send):
    """Return the result of a Create that asks ``may_send``."""
    connection = AwsConnection("eu-west-1", sandbox_url=raw_server.url)
    return gateway.create(connection, make_body(), account=ACCOUNT, may_send=may_send)


def test_it_asks_in_the_callers_thread_before_it_sends(raw_server):
    raw_server.response = created_response()
    asked = []

    def may_send():
        asked.append((threading.current_thread(), list(raw_server.requests)))
        return True

    assert isinstance(create(raw_server, may_send), Accepted)
    assert asked == [(threading.current_thread(), [])]


def test_nothing_is_sent_if_the_answer_is_no(raw_server):
    result = create(raw_server, lambda: False)
    assert isinstance(result, Unknown)
    assert (result.uncertain, result.retry, raw_server.requests) == (False, True, [])


@pytest.mark.parametrize("error", [RuntimeError, SystemExit])
def test_nothing_is_sent_if_the_answer_fails(raw_server, error):
    def may_send():
        raise error

    with pytest.raises(error):
        create(raw_server, may_send)
    assert raw_server.requests == []


def test_its_log_lines_have_what_the_callers_have():
    with bound_contextvars(submission=1):
        assert deadline.TimedCall(lambda _: get_contextvars()).run() == get_contextvars()
