"""A share of the threads for each session, so that one can't occupy all of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from typing import Generic, TypeVar

Request = TypeVar("Request")
# Of the cookies in settings.py, whose names have a prefix and a suffix.
_SESSION = re.compile(rb"\r\ncookie:[^\r]*\bsessionid[^=;\r]*=([^;\r]+)", re.IGNORECASE)


class SessionQueue(Generic[Request]):
    """The requests of each session: at most ``limit`` run, the others wait in their order.

    Requests without a session, ``b""``, never wait.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._running: Counter[bytes] = Counter()
        self._waiting: defaultdict[bytes, deque[Request]] = defaultdict(deque)

    def start(self, session: bytes, request: Request) -> bool:
        """Return True if the request may run now; otherwise it waits."""
        if session and self._running[session] >= self._limit:
            self._waiting[session].append(request)
            return False
        self._running[session] += 1
        return True

    def end(self, session: bytes) -> Request | None:
        """Note that a request has ended; return the one that runs in its place, if any."""
        if waiting := self._waiting[session]:
            return waiting.popleft()
        del self._waiting[session]
        self._running[session] -= 1
        if not self._running[session]:
            del self._running[session]
        return None


def session_of(request: bytes | bytearray) -> bytes:
    """Return the value of the session cookie in an HTTP request, ``b""`` without one."""
    found = _SESSION.search(request, 0, request.find(b"\r\n\r\n"))
    return found[1] if found else b""
