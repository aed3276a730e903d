"""Send exact request bytes through a boto3 client and capture the raw response body."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

_OPERATION = "imagebuilder.CreateDistributionConfiguration"


class SendRefused(Exception):
    """The caller of the exchange did not allow the send; nothing was sent."""


@dataclass
class Exchange:
    """One request: its body, whether sending has started, and the response body.

    ``may_send`` is asked right before the connection is used.
    """

    body: bytes
    may_send: Callable[[], bool] = lambda: True
    started: bool = False
    response: bytes = b""

    @contextmanager
    def active(self) -> Iterator[None]:
        """Make this thread's Create calls inside the block use this exchange."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)


# Threads share clients and their hooks, so each thread needs an exchange of its own.
_current: ContextVar[Exchange] = ContextVar("exchange")


def register_hooks(client: Any) -> None:
    """Register the hooks on a client; after that it can only create inside ``active``."""
    client.meta.events.register(f"before-call.{_OPERATION}", _replace_body)
    client.meta.events.register(f"before-send.{_OPERATION}", _mark_started)
    client.meta.events.register(f"before-parse.{_OPERATION}", _store_response)


def _replace_body(params: dict[str, Any], **_: Any) -> None:
    # Runs before signing. botocore would serialize with other whitespace and escapes.
    params["body"] = _current.get().body


def _mark_started(**_: Any) -> None:
    # The last hook before the connection is used. Returning a value would replace the send.
    if not _current.get().may_send():
        raise SendRefused
    _current.get().started = True


def _store_response(response_dict: dict[str, Any], **_: Any) -> None:
    _current.get().response = response_dict["body"]
