"""The worker: send due submissions, one after another, until stopped."""

from __future__ import annotations

import logging
import signal
import threading
import time

from django.db import close_old_connections

from distui.core.intervals import Interval
from distui.people.expired_sessions import clear_expired_sessions
from distui.submissions import heartbeat
from distui.submissions.ledger.leases import claim, worker_name
from distui.submissions.ledger.recovery import recover
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission

_IDLE_SECONDS = 0.3
_RECOVERY_SECONDS = 15.0  # with the lease: lost ones are due again within a minute
_ERROR_SECONDS = 2.0
_CLEANUP_SECONDS = 3600.0

log = logging.getLogger(__name__)


class Worker:
    """Claims and sends due submissions. Any number of workers can share a database."""

    def __init__(self) -> None:
        self.name = worker_name()
        self._stopping = threading.Event()
        self._recovered_at: float | None = None
        self._beat = Interval(heartbeat.BEAT_SECONDS)
        self._cleanup = Interval(_CLEANUP_SECONDS)

    def run(self) -> None:
        """Work until stopped. Errors, such as the database's, are logged."""
        while not self._stopping.is_set():
            try:
                pause = 0.0 if self.run_once() else _IDLE_SECONDS
            except Exception:
                log.exception("Worker error; retrying.")
                close_old_connections()
                self._recovered_at = None  # what this worker was sending is due again
                pause = _ERROR_SECONDS
            self._stopping.wait(pause)

    def run_once(self) -> bool:
        """Send one due submission, after recovering lost ones. Return False if none is due."""
        self._do_chores()
        now = time.monotonic()
        if self._recovered_at is None or now - self._recovered_at >= _RECOVERY_SECONDS:
            recover(worker=self.name)
            self._recovered_at = now
        attempt = claim(among=Submission.objects.due(), worker=self.name)
        if attempt is None:
            return False
        send(attempt=attempt)
        return True

    def _do_chores(self) -> None:
        if self._beat.is_due():
            heartbeat.beat(self.name)
        if self._cleanup.is_due():
            clear_expired_sessions()

    def stop(self) -> None:
        """Let ``run`` return after the current send."""
        self._stopping.set()

    def stop_on_signals(self) -> None:
        """Stop on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
