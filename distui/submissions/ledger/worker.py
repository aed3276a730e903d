"""The worker: sends what is due, one after another, until it is told to stop."""

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
_AFTER_TROUBLE_SECONDS = 2.0

log = logging.getLogger(__name__)


class Worker:
    """Claims, sends, settles. Any number of them may run on the same database."""

    def __init__(self) -> None:
        self.name = worker_name()
        self._stopping = threading.Event()
        self._recovered_at: float | None = None

    def run(self) -> None:
        """Work until stopped. Trouble, as with the database, is logged and tried again."""
        while not self._stopping.is_set():
            try:
                pause = 0.0 if self.turn() else _IDLE_SECONDS
            except Exception:
                log.exception("The worker goes on after this.")
                close_old_connections()
                pause = _AFTER_TROUBLE_SECONDS
            self._stopping.wait(pause)

    def turn(self) -> bool:
        """Recover what lost processes left where that is due, then send one; False with none."""
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
        """End ``run`` after the send that is under way."""
        self._stopping.set()

    def stop_on_signals(self) -> None:
        """Take SIGTERM and SIGINT as a wish to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
