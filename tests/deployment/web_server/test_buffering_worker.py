"""Slow clients do not stop the web server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress

import pytest

from distui.deployment.buffering_worker import MAX_REQUEST, is_complete
from tests.product import ROOT, free_port

pytestmark = pytest.mark.process

SLOW = 3  # seconds of a slow request
TIMEOUT = 5  # seconds of an endless one
APPLICATION = """
import time
def application(environ, start_response):
    while environ["PATH_INFO"] == "/endless":
        time.sleep(0.1)
    if environ["PATH_INFO"] == "/slow":
        time.sleep(%d)
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/large":
        return [b"x" * 50_000_000]
    return [b"%%s %%d" %% (environ["PATH_INFO"].encode(), len(body))]
"""
HEAD = b"POST /page HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Run gunicorn with two threads and short time limits; return its address."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "slow.py").write_text(APPLICATION % SLOW)
    (folder / "conf.py").write_text(
        "from distui.deployment import buffering_worker\n"
        "buffering_worker.REQUEST_SECONDS = 6.0\n"
        "buffering_worker.STALLED_SECONDS = 2\n"
    )
    port = free_port()
    options = ["--bind", f"127.0.0.1:{port}", "--threads", "2", "--config", str(folder / "conf.py")]
    options += ["--timeout", str(TIMEOUT)]
    options += ["--worker-class", "distui.deployment.buffering_worker.BufferingWorker"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "slow", *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{folder}:{ROOT}"},
        stderr=subprocess.PIPE,
    )
    address = ("127.0.0.1", int(port))
    wait_until_it_answers(address)
    yield address
    process.terminate()
    _, log = process.communicate(timeout=60)
    assert b"Traceback" not in log, log.decode()


def wait_until_it_answers(address):
    """Wait until the server accepts connections."""
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(address).close()
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def get(address, path="/"):
    """Return the response's body."""
    with urllib.request.urlopen(f"http://127.0.0.1:{address[1]}{path}", timeout=5) as response:
        return response.read()


def receive(client, text, times=1):
    """Read until the text has been received so many times."""
    client.settimeout(20)
    received = b""
    while received.count(text) < times:
        data = client.recv(10_000)
        assert data, received
        received += data


@contextmanager
def slow_clients(address, sent, count=40):
    """Open connections that have sent only the start of a request."""
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(address)) for _ in range(count)]
        for client in clients:
            client.sendall(sent)
        time.sleep(0.5)
        yield clients


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n", HEAD, HEAD + b"\r\nhalf"],
    ids=["nothing", "request line", "head", "no body", "half a body"],
)
def test_half_open_connections_take_no_thread(server, sent):
    with slow_clients(server, sent):
        for _ in range(4):
            assert get(server) == b"/ 0"


def test_they_are_closed_in_time(server):
    with slow_clients(server, b"GET / HT", count=3) as clients:
        for client in clients:
            client.settimeout(15)
            assert client.recv(10) == b""


def test_clients_that_do_not_read_free_their_threads(server):
    with slow_clients(server, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n", count=2):
        deadline = time.monotonic() + 20
        while True:
            try:
                assert get(server) == b"/ 0"
                return
            except OSError:
                assert time.monotonic() < deadline


def test_a_request_may_arrive_in_pieces(server):
    with socket.create_connection(server) as client:
        for piece in (HEAD[:7], HEAD[7:] + b"\r", b"\n01234", b"56789"):
            client.sendall(piece)
            time.sleep(0.2)
        receive(client, b"/page 10")


def test_a_connection_is_kept_for_the_next_request(server):
    with socket.create_connection(server) as client:
        for _ in range(2):
            client.sendall(HEAD + b"\r\n0123456789")
            receive(client, b"/page 10")
        client.sendall(2 * (HEAD + b"\r\n0123456789"))  # pipelined
        receive(client, b"/page 10", times=2)


def test_a_body_in_chunks_and_a_large_one_arrive(server):
    with socket.create_connection(server) as client:
        client.sendall(b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
        time.sleep(0.2)
        client.sendall(b"de\r\n0\r\n\r\n")
        receive(client, b"/a 5")
    url = f"http://127.0.0.1:{server[1]}/large-body"
    with urllib.request.urlopen(url, b"x" * (2 * MAX_REQUEST), timeout=20) as response:
        assert response.read() == b"/large-body %d" % (2 * MAX_REQUEST)


def test_a_session_leaves_a_thread_to_others(server):
    request = b"GET /slow HTTP/1.1\r\nHost: a\r\nCookie: a=b; sessionid-8000=x\r\n\r\n"
    start = time.monotonic()
    with slow_clients(server, request, count=3) as clients:
        assert get(server) == b"/ 0"
        assert time.monotonic() - start < SLOW
        clients[1].close()  # its request is dropped
        for client in (clients[0], clients[2]):
            receive(client, b"/slow 0")
    assert 2 * SLOW <= time.monotonic() - start < 3 * SLOW


def test_an_endless_request_ends_and_others_are_answered(server):
    with socket.create_connection(server) as client:
        client.sendall(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(TIMEOUT - 2)
        assert get(server, "/slow") == b"/slow 0"  # it takes longer than the process has left
        client.settimeout(TIMEOUT)
        with suppress(ConnectionError):
            assert client.recv(10) == b""
    for _ in range(4):
        assert get(server) == b"/ 0"


@pytest.mark.parametrize(
    ("received", "complete"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (HEAD + b"\r\n012345678", False),
        (HEAD + b"\r\n0123456789", True),
        (b"x" * 70_000, True),
        (b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n", True),  # gunicorn rejects it
        (b"POST / HTTP/1.1\r\nCONTENT-LENGTH:3\r\n\r\nab", False),
    ],
)
def test_completeness(received, complete):
    assert is_complete(received) is complete
