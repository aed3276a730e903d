"""Faults on purpose for those who test a caller, and a log of the create requests that came."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from werkzeug.wrappers import Request, Response

from distui.sandbox.answers import refusal

KINDS = {
    "throttle", "error", "drop-before", "drop-after", "truncate-after", "delay",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One fault: what happens to the next create request, or to the next one of that name.

    `status`, `code` and `message` belong to kind `error`, `seconds` to kind `delay`.
    """

    kind: str
    status: int = 500
    code: str = "ServiceException"
    message: str = "A fault that was asked for."
    seconds: float = 0
    name: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(sorted(KINDS))}, not {self.kind!r}")
        if isinstance(self.seconds, bool) or not isinstance(self.seconds, int | float):
            raise ValueError("seconds is a number")
        if not isinstance(self.status, int):
            raise ValueError("status is a whole number")


class Faults:
    """The faults still to come and the log, both in memory and for all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Fault] = []
        self._log: list[dict[str, Any]] = []

    def control(self, request: Request) -> Response:
        """Answers `PUT /sandbox/faults` (a JSON list, replaces the plan) and `GET /sandbox/log`."""
        match request.method, request.path:
            case "PUT", "/sandbox/faults":
                return self._plan(request)
            case "GET", "/sandbox/log":
                with self._lock:
                    return Response(json.dumps(self._log), content_type="application/json")
        return Response("There is no such control.\n", 404)

    def through(self, request: Request, act: Callable[[], Response]) -> Response:
        """Answers a create request by `act`, or as the fault planned for it wants.

        Raises ConnectionError where the connection is to be closed without an answer.
        """
        entry = _log_entry(request)
        with self._lock:
            fault = self._take(entry["name"])
            self._log.append(entry)
        if fault is None:
            return _logged(act(), entry)
        entry["fault"] = fault.kind
        return _misbehave(fault, lambda: _logged(act(), entry))

    def _plan(self, request: Request) -> Response:
        try:
            listed = json.loads(request.get_data())
            if not isinstance(listed, list):
                raise ValueError("the body is not a JSON list")
            planned = [Fault(**fault) for fault in listed]
        except (ValueError, TypeError, RecursionError) as error:
            return Response(f"Not a list of faults: {error}\n", 400)
        with self._lock:
            self._planned = planned
        return Response(status=204)

    def _take(self, name: str | None) -> Fault | None:
        for index, fault in enumerate(self._planned):
            if fault.name in (None, name):
                return self._planned.pop(index)
        return None


def _misbehave(fault: Fault, act: Callable[[], Response]) -> Response:
    match fault.kind:
        case "throttle":
            return refusal(429, "CallRateLimitExceededException", "Rate exceeded.")
        case "error":
            return refusal(fault.status, fault.code, fault.message)
        case "drop-before":
            _drop()
        case "drop-after":
            act()
            _drop()
        case "truncate-after":
            return _truncated(act())
    time.sleep(fault.seconds)
    return act()


def _drop() -> NoReturn:
    raise ConnectionAbortedError("closed on purpose")  # the server closes without a word


def _truncated(response: Response) -> Response:
    whole = response.get_data()
    cut = Response(whole[: len(whole) // 2], response.status_code, response.headers)
    cut.headers["Content-Length"] = str(len(whole))
    return cut


def _log_entry(request: Request) -> dict[str, Any]:
    raw = request.get_data()
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    sent = body if isinstance(body, dict) else {}
    return {
        "name": sent.get("name"),
        "clientToken": sent.get("clientToken"),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "fault": None,
        "outcome": None,
    }


def _logged(response: Response, entry: dict[str, Any]) -> Response:
    entry["outcome"] = response.headers.get("x-amzn-ErrorType", "accepted")
    return response
