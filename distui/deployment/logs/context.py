"""Bind to log lines what a request is about."""

from __future__ import annotations

from typing import TypeVar

from structlog.contextvars import bind_contextvars

Bound = TypeVar("Bound")


def bind_log_fields(found: Bound) -> Bound:
    """Bind the ``log_fields`` of a model that has them to the request's further lines.

    Return the object. The next request starts without them.
    """
    bind_contextvars(**getattr(found, "log_fields", {}))
    return found
