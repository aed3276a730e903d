"""A raw socket server that can send malformed HTTP responses."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

TLS_HANDSHAKE = b"\x16"  # the type of a connection's first record, RFC 8446
RawResponse = bytes | Callable[[bytes], bytes]


class RawServer:
    """Reads one request per connection, sends ``response`` and closes.

    ``response`` is raw bytes, or a function from the request body to raw bytes; empty bytes drop
    the connection. ``requests`` collects the head and body of each request.
    """

    def __init__(self) -> None:
        self.response: RawResponse = b""
        self.requests: list[tuple[str, bytes]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> RawServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed by __exit__
                return
            with connection:
                self._respond(connection)

    def _respond(self, connection: socket.socket) -> None:
        body = b""
        with connection.makefile("rb") as stream:
            if stream.peek(1)[:1] != TLS_HANDSHAKE:
                head = _read_head(stream)
                body = stream.read(_content_length(head))
                self.requests.append((head, body))
        connection.sendall(self.response(body) if callable(self.response) else self.response)


def _read_head(stream: BinaryIO) -> str:
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line)
    return b"".join(lines).decode()


def _content_length(head: str) -> int:
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


@contextmanager
def trickling_server() -> Iterator[str]:
    """Serve answers of one byte per 50 ms that never end. Yield the URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:  # closed below
                return
            threading.Thread(target=trickle, args=(connection,), daemon=True).start()

    def trickle(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{")
            while not stopped.wait(0.05):
                connection.sendall(b" ")

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    stopped.set()
    listener.close()


def http(status: int, content: bytes = b"", *headers: str) -> bytes:
    """Return an HTTP response as bytes."""
    lines = [
        f"HTTP/1.1 {status} Reason",
        f"Content-Length: {len(content)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def error_response(status: int, code: str, message: str = "No.") -> bytes:
    """Return an error response in the format of Image Builder."""
    content = json.dumps({"message": message}).encode()
    return http(status, content, f"x-amzn-ErrorType: {code}", "x-amzn-RequestId: r-1")


def created_response(**members: Any) -> Callable[[bytes], bytes]:
    """Return a successful Create response; ``members`` replace members of its body."""

    def respond(body: bytes) -> bytes:
        document = {
            "requestId": "r-1",
            "clientToken": json.loads(body)["clientToken"],
            "distributionConfigurationArn": (
                "arn:aws:imagebuilder:eu-west-1:123456789012:distribution-configuration/base"
            ),
        }
        return http(200, json.dumps(document | members).encode(), "x-amzn-RequestId: r-1")

    return respond
