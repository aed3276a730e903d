"""The worker: send due submissions, one after another, until stopped."""

from __future__ import annotations

import logging
import signal
import threading
import time

from django.db import close_old_connections

from distui.submissions.ledger.leases import claim, recover, worker_name
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission

_IDLE_SECONDS = 0.3
_RECOVERY_SECONDS = 30.0
_ERROR_SECONDS = 2.0

log = logging.getLogger(__name__)


class Worker:
    """Claims and sends due submissions. Any number of workers can share a database."""

    def __init__(self) -> None:
        self.name = worker_name()
        self._stopping = threading.Event()
        self._recovered_at: float | None = None

    def run(self) -> None:
        """Work until stopped. Errors, such as the database's, are logged and retried."""
        while not self._stopping.is_set():
            try:
                pause = 0.0 if self.run_once() else _IDLE_SECONDS
            except Exception:
                log.exception("Worker error; retrying.")
                close_old_connections()
                pause = _ERROR_SECONDS
            self._stopping.wait(pause)

    def run_once(self) -> bool:
        """Send one due submission, after recovering lost ones. Return False if none is due."""
        now = time.monotonic()
        if self._recovered_at is None or now - self._recovered_at >= _RECOVERY_SECONDS:
            recover(worker=self.name)
            self._recovered_at = now
        attempt = claim(among=Submission.objects.due(), worker=self.name)
        if attempt is None:
            return False
        send(attempt=attempt)
        return True

    def stop(self) -> None:
        """Let ``run`` return after the current send."""
        self._stopping.set()

    def stop_on_signals(self) -> None:
        """Stop on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
