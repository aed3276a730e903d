"""A server of raw sockets, for answers that no well-behaved server gives."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

TLS_HANDSHAKE = b"\x16"  # the type of a connection's first record, RFC 8446
Answer = bytes | Callable[[bytes], bytes]


class StandIn:
    """Takes one request a connection, answers it with ``answer`` and closes.

    ``answer`` is the raw bytes, or makes them of the request's body; none at all drops the
    connection. ``requests`` holds each head and body that came.
    """

    def __init__(self) -> None:
        self.answer: Answer = b""
        self.requests: list[tuple[str, bytes]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> StandIn:
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
            except OSError:  # closed: the test is over
                return
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        sent = b""
        with connection.makefile("rb") as stream:
            if stream.peek(1)[:1] != TLS_HANDSHAKE:
                head = _head(stream)
                sent = stream.read(_length(head))
                self.requests.append((head, sent))
        connection.sendall(self.answer(sent) if callable(self.answer) else self.answer)


def _head(stream: BinaryIO) -> str:
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line)
    return b"".join(lines).decode()


def _length(head: str) -> int:
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


def http(status: int, content: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """An HTTP answer; with ``length`` it promises another size than it has."""
    size = len(content) if length is None else length
    lines = [f"HTTP/1.1 {status} Said so", f"Content-Length: {size}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def refusal(status: int, code: str, message: str = "No.") -> bytes:
    """An error as the service answers it."""
    content = json.dumps({"message": message}).encode()
    return http(status, content, f"x-amzn-ErrorType: {code}", "x-amzn-RequestId: r-1")


def sts_refusal(status: int, code: str) -> bytes:
    """An error as STS answers it."""
    error = (
        f"<ErrorResponse><Error><Code>{code}</Code><Message>No.</Message></Error></ErrorResponse>"
    )
    return http(status, error.encode())


def accepted(**members: Any) -> Callable[[bytes], bytes]:
    """The answer to a create; ``members`` replace those that would prove it."""

    def answer(sent: bytes) -> bytes:
        proof = {
            "requestId": "r-1",
            "clientToken": json.loads(sent)["clientToken"],
            "distributionConfigurationArn": (
                "arn:aws:imagebuilder:eu-west-1:123456789012:distribution-configuration/base"
            ),
        }
        return http(200, json.dumps(proof | members).encode(), "x-amzn-RequestId: r-1")

    return answer
