"""The embedded engine: a process that polls the table and sends in threads."""

from __future__ import annotations

import logging
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import close_old_connections, connection

from distui.core.intervals import Interval
from distui.people.expired_sessions import clear_expired_sessions
from distui.submissions import heartbeat
from distui.submissions.ledger.engines import wake_ups
from distui.submissions.ledger.engines.places import Places
from distui.submissions.ledger.leases import claim, worker_name
from distui.submissions.ledger.recovery import recover
from distui.submissions.ledger.send import send
from distui.submissions.models import Attempt, Submission

_IDLE_SECONDS = 0.3
_RECOVERY_SECONDS = 15.0  # with the lease: lost ones are due again within a minute
_ERROR_SECONDS = 2.0
_CLEANUP_SECONDS = 3600.0

log = logging.getLogger(__name__)


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
        self.name = worker_name()
        self._places = Places(settings.DISTUI_WORKER_THREADS, settings.DISTUI_TARGET_RATE)
        self._stopped = False
        self._wake = threading.Event()
        self._beat = Interval(heartbeat.BEAT_SECONDS)
        self._recovery = Interval(_RECOVERY_SECONDS)
        self._cleanup = Interval(_CLEANUP_SECONDS)

    def run(self) -> None:
        """Work until stopped. Errors, such as the database's, are logged."""
        with wake_ups.listening(self._wake), ThreadPoolExecutor(self._places.most) as threads:
            while not self._stopped:
                self._wake.clear()
                try:
                    self.do_chores()
                    self.start_due(threads)
                    self._wake.wait(_IDLE_SECONDS)
                except Exception:
                    log.exception("Worker error; retrying.")
                    close_old_connections()
                    time.sleep(_ERROR_SECONDS)

    def start_due(self, threads: ThreadPoolExecutor) -> None:
        """Start a send for each due submission for which there is a place."""
        while attempt := self._claim():
            threads.submit(self._send, attempt)

    def _claim(self) -> Attempt | None:
        for full in self._places.full_targets():
            if attempt := claim(among=Submission.objects.due().exclude(target__in=full)):
                self._places.take(attempt)
                return attempt
        return None

    def _send(self, attempt: Attempt) -> None:
        try:
            send(attempt=attempt)
        except Exception:
            log.exception("Submission %s was not sent.", attempt.submission_id)
        finally:
            if self._places.give_back(attempt):
                connection.close()  # there can be more threads than the database has connections
            else:
                close_old_connections()
            self._wake.set()

    def do_chores(self) -> None:
        """Show that it runs, recover lost submissions and clean up, when that is due."""
        if self._beat.is_due():
            heartbeat.beat(self.name)
        if self._recovery.is_due():
            recover(running=self._places.running())
        if self._cleanup.is_due():
            clear_expired_sessions()

    def stop(self) -> None:
        """Let ``run`` return after the current sends.

        A signal handler may call it, so it must not wait for a lock that ``run`` holds.
        """
        self._stopped = True
