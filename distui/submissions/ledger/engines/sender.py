"""Claim and send due submissions from the threads of one process, as far as there are slots."""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import close_old_connections, connection

from distui.submissions.ledger.engines.running_sends import RunningSends
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import send
from distui.submissions.log_context import log_context
from distui.submissions.models import Attempt, SubmissionQuerySet

log = logging.getLogger(__name__)


class Sender:
    """The sends of one process. All threads share one."""

    def __init__(self) -> None:
        self._running = RunningSends(settings.DISTUI_WORKER_THREADS, settings.DISTUI_TARGET_RATE)
        self._lock = threading.Lock()
        self.threads = self._running.most
        self.running, self.is_full = self._running.running, self._running.is_full

    def claim(self, among: SubmissionQuerySet) -> Attempt | None:
        """Claim one of the submissions to whose targets another send may start, if there is one."""
        with self._lock:
            for full in self._running.full_targets():
                if attempt := claim(among=among.exclude(target__in=full)):
                    self._running.take(attempt)
                    return attempt
        return None

    def send(self, attempt: Attempt) -> None:
        """Send what was claimed. Errors are logged: ``recover`` finds the submission."""
        try:
            send(attempt=attempt)
        except Exception:
            with log_context(attempt.submission):
                log.exception("Submission %s was not sent.", attempt.submission_id)
        finally:
            if self._running.give_back(attempt):
                connection.close()  # there can be more threads than the database has connections
            else:
                close_old_connections()
