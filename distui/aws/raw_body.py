"""What crosses the wire in a create: exactly our bytes out, and the answer's bytes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

_OPERATION = "imagebuilder.CreateDistributionConfiguration"


@dataclass
class Exchange:
    """One send: the bytes that go out, whether they began to, and the bytes of the answer."""

    body: bytes
    begun: bool = False
    answer: bytes = b""


# Clients are shared by threads, and their hooks with them: each thread has its own exchange.
_current: ContextVar[Exchange] = ContextVar("exchange")


@contextmanager
def exchange(body: bytes) -> Iterator[Exchange]:
    """Within the block, a create by a client that ``attach`` has seen sends these bytes."""
    current = Exchange(body)
    token = _current.set(current)
    try:
        yield current
    finally:
        _current.reset(token)


def attach(client: Any) -> None:
    """Hooks a client's create requests; the client can create within ``exchange`` only."""
    client.meta.events.register(f"before-call.{_OPERATION}", _put_body)
    client.meta.events.register(f"before-send.{_OPERATION}", _note_send)
    client.meta.events.register(f"before-parse.{_OPERATION}", _keep_answer)


def _put_body(params: dict[str, Any], **_: Any) -> None:
    # Before the request is signed. botocore's own serialization has other spaces and escapes.
    params["body"] = _current.get().body


def _note_send(**_: Any) -> None:
    # The last hook before the connection. Returning anything would replace the send.
    _current.get().begun = True


def _keep_answer(response_dict: dict[str, Any], **_: Any) -> None:
    _current.get().answer = response_dict["body"]
