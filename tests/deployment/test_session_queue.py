"""A session gets its share of the threads, and its other requests wait in order."""

from __future__ import annotations

import pytest

from distui.deployment.session_queue import SessionQueue, session_of


def test_other_sessions_do_not_wait():
    queue = SessionQueue[str](limit=2)
    assert [queue.start(b"a", name) for name in "1234"] == [True, True, False, False]
    assert queue.start(b"b", "5")
    assert [queue.start(b"", name) for name in "678"] == [True, True, True]


def test_waiting_requests_run_in_their_order():
    queue = SessionQueue[str](limit=1)
    for name in "123":
        queue.start(b"a", name)
    assert [queue.end(b"a") for _ in range(3)] == ["2", "3", None]
    assert queue.start(b"a", "4")


@pytest.mark.parametrize(
    ("request_head", "session"),
    [
        (b"GET / HTTP/1.1\r\nCookie: sessionid=x1\r\n\r\n", b"x1"),
        (b"GET / HTTP/1.1\r\ncookie: a=b; __Host-sessionid-8000=x2; c=d\r\n\r\n", b"x2"),
        (b"GET / HTTP/1.1\r\nCookie: csrftoken=x\r\n\r\n", b""),
        (b"POST / HTTP/1.1\r\nHost: a\r\n\r\n\r\nCookie: sessionid=x\r\n", b""),
        (b"GET / HTTP/1.1\r\n", b""),
    ],
)
def test_the_session_is_that_of_the_cookie(request_head, session):
    assert session_of(request_head) == session
