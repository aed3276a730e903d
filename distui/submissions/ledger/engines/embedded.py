"""The embedded engine: a process that polls the table and sends in threads."""

from __future__ import annotations

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections

from distui.submissions.ledger.engines import wake_ups
from distui.submissions.ledger.engines.chores import Chores, log_error
from distui.submissions.ledger.engines.sender import Sender
from distui.submissions.models import Attempt, Submission

_IDLE_SECONDS = 0.3
_ERROR_SECONDS = 2.0


def enqueue(submission_id: int) -> None:
    """Wake the workers, which find the submission in the table."""
    wake_ups.notify()


def work() -> None:
    """Work in this process until SIGTERM or SIGINT; the current sends are finished first."""
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


class Worker:
    """Claims due submissions and sends each in a thread. Any number can share a database."""

    def __init__(self) -> None:
        self._sender = Sender()
        self._chores = Chores(self._sender)
        self._stopped = False
        self._wake = threading.Event()

    def run(self) -> None:
        """Work until stopped. Errors, such as the database's, are logged."""
        with wake_ups.listening(self._wake), ThreadPoolExecutor(self._sender.threads) as threads:
            while not self._stopped:
                self._wake.clear()
                try:
                    self._chores.do_due()
                    self.start_due(threads)
                    self._wake.wait(_IDLE_SECONDS)
                except Exception as error:  # noqa: BLE001 (logged)
                    log_error(error)
                    close_old_connections()
                    time.sleep(_ERROR_SECONDS)
        self._chores.stop()

    def start_due(self, threads: ThreadPoolExecutor) -> None:
        """Start a send for each due submission for which there is a slot."""
        while attempt := self._sender.claim(Submission.objects.due()):
            threads.submit(self._send, attempt)

    def _send(self, attempt: Attempt) -> None:
        self._sender.send(attempt)
        self._wake.set()

    def stop(self) -> None:
        """Let ``run`` return after the current sends.

        A signal handler may call it, so it must not wait for a lock that ``run`` holds.
        """
        self._stopped = True
