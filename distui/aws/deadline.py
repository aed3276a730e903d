"""A hard deadline for a call: it holds even if the server sends its answer byte by byte."""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any, Generic, TypeVar

SECONDS = 25.0  # for one call with all that it needs, such as credentials; longer than its timeouts
REQUEST_SECONDS = 20.0  # for all calls of a web request: gunicorn ends one after 30
_TICK = 0.25  # seconds; counted while the process runs, so that a stopped one gets its answer

_ends_at: ContextVar[float] = ContextVar("ends_at", default=math.inf)

Result = TypeVar("Result")


class DeadlineExceeded(Exception):
    """The call did not end in time; its thread is left behind and its answer is not used."""

    def __init__(self) -> None:
        super().__init__("The call did not end before its deadline.")


@contextmanager
def shared_deadline() -> Iterator[None]:
    """Let all calls of this block together end in the time that one call has."""
    with _ending_within(SECONDS):
        yield


@contextmanager
def request_deadline() -> Iterator[None]:
    """Let all calls of this block together end in the time that a web request has."""
    with _ending_within(REQUEST_SECONDS):
        yield


@contextmanager
def _ending_within(seconds: float) -> Iterator[None]:
    token = _ends_at.set(min(_ends_at.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _ends_at.reset(token)


class QuestionFailed(Exception):
    """The caller's own answer failed; the error is the cause. The call received False."""


class TimedCall(Generic[Result]):
    """Runs a call in a thread of its own; what the call asks is answered in the caller's thread."""

    def __init__(self, operation: Callable[[TimedCall[Result]], Result]) -> None:
        self._operation = operation
        self._events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def run(self, question: Callable[[], bool] = lambda: True) -> Result:
        """Return the call's result, or raise what it raised. ``question`` answers its ``ask``.

        Raises ``DeadlineExceeded``, or ``QuestionFailed`` from an error of ``question``.
        """
        work = partial(copy_context().run, self._work)  # with what is bound to log lines
        threading.Thread(target=work, daemon=True).start()
        while True:
            kind, value = self._next_event()
            if kind == "error":
                raise value
            if kind == "result":
                result: Result = value
                return result
            self._answer(question)

    def ask(self) -> bool:
        """Return the caller's answer, or False if the caller no longer waits."""
        self._events.put(("question", None))
        try:
            return self._answers.get(timeout=SECONDS)
        except queue.Empty:
            return False

    def _answer(self, question: Callable[[], bool]) -> None:
        allowed = False
        try:
            allowed = question()
        except Exception as error:
            raise QuestionFailed from error
        finally:
            self._answers.put(allowed)

    def _next_event(self) -> tuple[str, Any]:
        for _ in range(int(SECONDS / _TICK)):
            if time.monotonic() >= _ends_at.get():
                break
            try:
                return self._events.get(timeout=_TICK)
            except queue.Empty:
                continue
        raise DeadlineExceeded

    def _work(self) -> None:
        try:
            self._events.put(("result", self._operation(self)))
        except BaseException as error:  # noqa: BLE001 (raised again by run)
            self._events.put(("error", error))
