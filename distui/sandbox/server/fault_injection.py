"""Inject faults into Create requests on demand, and log the Create requests that arrive."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from werkzeug.wrappers import Request, Response

from distui.sandbox.protocol.responses import error_response

KINDS = {
    "throttle", "error", "drop-before", "drop-after", "truncate-after", "delay",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A fault for the next Create request, or for the next one with ``name``.

    ``status``, ``code`` and ``message`` are for kind ``error``, ``seconds`` is for kind ``delay``.
    """

    kind: str
    status: int = 500
    code: str = "ServiceException"
    message: str = "Injected fault."
    seconds: float = 0
    name: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(sorted(KINDS))}, not {self.kind!r}")
        if isinstance(self.seconds, bool) or not isinstance(self.seconds, int | float):
            raise ValueError("seconds must be a number")
        if not isinstance(self.status, int):
            raise ValueError("status must be an integer")


class FaultInjector:
    """The planned faults and the request log, in memory and shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Fault] = []
        self._log: list[dict[str, Any]] = []

    def handle_control(self, request: Request) -> Response:
        """Respond to ``PUT /sandbox/faults`` (a JSON list of faults) and ``GET /sandbox/log``."""
        match request.method, request.path:
            case "PUT", "/sandbox/faults":
                return self._replace_plan(request)
            case "GET", "/sandbox/log":
                with self._lock:
                    return Response(json.dumps(self._log), content_type="application/json")
        return Response("Not found. Use PUT /sandbox/faults or GET /sandbox/log.\n", 404)

    def handle_create(self, request: Request, create: Callable[[], Response]) -> Response:
        """Log a Create request and respond with ``create``, or with the fault planned for it.

        Raise ConnectionError to close the connection without a response.
        """
        entry = _log_entry(request)
        with self._lock:
            fault = self._take_fault(entry["name"])
            self._log.append(entry)
        if fault is None:
            return _log_outcome(create(), entry)
        entry["fault"] = fault.kind
        return _inject(fault, lambda: _log_outcome(create(), entry))

    def _replace_plan(self, request: Request) -> Response:
        try:
            parsed = json.loads(request.get_data())
            if not isinstance(parsed, list):
                raise ValueError("the body is not a JSON list")
            planned = [Fault(**fault) for fault in parsed]
        except (ValueError, TypeError, RecursionError) as error:
            return Response(f"Not a list of faults: {error}\n", 400)
        with self._lock:
            self._planned = planned
        return Response(status=204)

    def _take_fault(self, name: str | None) -> Fault | None:
        for index, fault in enumerate(self._planned):
            if fault.name in (None, name):
                return self._planned.pop(index)
        return None


def _inject(fault: Fault, create: Callable[[], Response]) -> Response:
    match fault.kind:
        case "throttle":
            return error_response(429, "CallRateLimitExceededException", "Rate exceeded.")
        case "error":
            return error_response(fault.status, fault.code, fault.message)
        case "drop-before":
            _drop_connection()
        case "drop-after":
            create()
            _drop_connection()
        case "truncate-after":
            return _truncate(create())
    time.sleep(fault.seconds)
    return create()


def _drop_connection() -> NoReturn:
    raise ConnectionAbortedError("injected fault")  # DroppingHandler closes the connection


def _truncate(response: Response) -> Response:
    body = response.get_data()
    truncated = Response(body[: len(body) // 2], response.status_code, response.headers)
    truncated.headers["Content-Length"] = str(len(body))
    return truncated


def _log_entry(request: Request) -> dict[str, Any]:
    raw = request.get_data()
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        parsed = None
    parameters = parsed if isinstance(parsed, dict) else {}
    return {
        "name": parameters.get("name"),
        "clientToken": parameters.get("clientToken"),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "fault": None,
        "outcome": None,
    }


def _log_outcome(response: Response, entry: dict[str, Any]) -> Response:
    entry["outcome"] = response.headers.get("x-amzn-ErrorType", "accepted")
    return response
