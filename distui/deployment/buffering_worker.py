"""gunicorn's threaded worker, in which slow clients take no thread.

gunicorn gives each connection to one of its few threads, which then waits for the request. Here the
worker's main loop receives requests, and a thread gets a connection once its request is complete.

gunicorn's ``timeout`` reaches threads too: a process with a request that takes longer is replaced,
because a thread can't be stopped. Its other requests are finished first.

A session uses at most half of the threads. Its other requests wait, and are dropped if their client
has gone.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import struct
import sys
import threading
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from distui.deployment.session_queue import SessionQueue, session_of

REQUEST_SECONDS = 30.0  # to send a whole request
# In a thread, a client that neither reads the response nor sends the rest of a large body.
STALLED_SECONDS = 20
# Larger requests are received by a thread; settings.py allows 5 MB.
MAX_REQUEST = 6_000_000
# All requests together that a worker receives; beyond it, the connection that sends is closed.
MAX_BUFFERED = 32_000_000
# Instead of Python's 5 ms, which a request would wait for a busy thread after each database call.
SWITCH_SECONDS = 0.001
_CHUNK = 65_536
_END_OF_HEAD = b"\r\n\r\n"
_MAX_HEAD = 65_536  # far more than gunicorn accepts
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked", re.IGNORECASE)
_END_OF_CHUNKS = b"\r\n0\r\n\r\n"


class Connection(TConn):  # type: ignore[misc] # gunicorn has no types
    """A connection and what it has received of the next request."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.received = bytearray()
        self.deadline = 0.0
        self.session = b""


class BufferingWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Receives whole requests in the main loop and handles them in threads."""

    wsgi: Any
    alive: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._receiving: set[Connection] = set()
        self._queue = SessionQueue[Connection](limit=max(1, self.cfg.threads // 2))
        self._running: dict[int, tuple[float, str]] = {}  # by thread: the deadline and the request

    def load_wsgi(self) -> None:
        """Load the application; note until when each of its calls may take."""
        super().load_wsgi()
        sys.setswitchinterval(SWITCH_SECONDS)
        application, timeout = self.wsgi, self.cfg.timeout or float("inf")

        def with_deadline(environ: Any, start_response: Any) -> Any:
            thread = threading.get_ident()
            request = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
            self._running[thread] = (time.monotonic() + timeout, request)
            try:
                return application(environ, start_response)
            finally:
                del self._running[thread]

        self.wsgi = with_deadline

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection and wait for its request."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        self.nr_conns += 1
        stalled = struct.pack("ll", STALLED_SECONDS, 0)
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            client.setsockopt(socket.SOL_SOCKET, option, stalled)
        self._wait_for_request(Connection(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Receive the next request of a connection that was kept alive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wait_for_request(conn)

    def enqueue_req(self, conn: Connection) -> None:
        """Hand the request to a thread, or let it wait for others of its session."""
        if self._queue.start(conn.session, conn):
            super().enqueue_req(conn)

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """Continue with the connection, and with a request that waits for this one."""
        while following := self._queue.end(conn.session):
            if not has_closed(following.sock):
                super().enqueue_req(following)
                break
            self._close(following)
        super().finish_request(conn, fs)

    def handle(self, conn: Connection) -> Any:
        """Handle the request that was received; runs in a thread."""
        if conn.received:
            conn.init()
            conn.parser.unreader.unread(bytes(conn.received))
            conn.received = bytearray()
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Handle a parsed request; treat a stalled client as one that has closed."""
        try:
            return super().handle_request(req, conn)
        except BlockingIOError as error:
            raise ConnectionResetError(errno.ECONNRESET, "The client has stalled.") from error

    def murder_pending(self) -> None:
        """Close the connections that have not sent a request in time, or nothing before a stop."""
        super().murder_pending()
        self._end_overdue()
        now = time.monotonic()
        stopping = not self.alive
        for conn in list(self._receiving):
            if conn.deadline < now or (stopping and not conn.received):
                self._stop_receiving(conn)
                self._close(conn)

    def run(self) -> None:
        """Handle requests until the worker stops, whether or not its threads have ended."""
        super().run()
        if self._overdue():
            os._exit(1)

    def _end_overdue(self) -> None:
        """Stop the worker if a request is overdue; end the process once it has no others."""
        overdue = self._overdue()
        if overdue and self.alive:
            self.alive = False
            seconds = self.cfg.timeout
            self.log.error("Worker replaced: more than %s s for %r", seconds, ", ".join(overdue))
        if overdue and self.nr_conns <= len(overdue):
            os._exit(1)

    def _overdue(self) -> list[str]:
        now = time.monotonic()
        return [request for deadline, request in [*self._running.values()] if deadline < now]

    def _wait_for_request(self, conn: Connection) -> None:
        conn.deadline = time.monotonic() + REQUEST_SECONDS
        self._receiving.add(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._receive, conn))

    def _receive(self, conn: Connection, client: socket.socket) -> None:
        try:
            data = client.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        conn.received += data
        buffered = sum(len(one.received) for one in self._receiving)
        if not data or buffered > MAX_BUFFERED:
            self._stop_receiving(conn)
            self._close(conn)
        elif is_complete(conn.received):
            self._stop_receiving(conn)
            conn.session = session_of(conn.received)
            self.enqueue_req(conn)

    def _stop_receiving(self, conn: Connection) -> None:
        self._receiving.discard(conn)
        self.poller.unregister(conn.sock)

    def _close(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()


def has_closed(client: socket.socket) -> bool:
    """Return True if the client has closed the connection."""
    try:
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def is_complete(received: bytes | bytearray) -> bool:
    """Return True if a thread can handle the request: it is complete, too large or malformed."""
    end = received.find(_END_OF_HEAD)
    if end < 0:
        return len(received) > _MAX_HEAD
    if len(received) > MAX_REQUEST:
        return True
    head = bytes(received[: end + len(_END_OF_HEAD)])
    if _CHUNKED.search(head):
        return received.endswith(_END_OF_CHUNKS)
    length = _LENGTH.search(head)
    return len(received) - len(head) >= (int(length[1]) if length else 0)
