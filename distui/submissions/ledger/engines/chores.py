"""The chores of a worker of any engine, beside sending."""

from __future__ import annotations

import logging
from contextlib import suppress

from django.db import Error, OperationalError

from distui.core.intervals import Interval
from distui.people.expired_sessions import clear_expired_sessions
from distui.submissions import heartbeat
from distui.submissions.ledger.engines.sender import Sender
from distui.submissions.ledger.leases import worker_name
from distui.submissions.ledger.recovery import recover
from distui.submissions.ledger.restored_backup import renew_tokens_if_restored

_RECOVERY_SECONDS = 15.0  # with the lease: lost ones are due again within a minute
_CLEANUP_SECONDS = 3600.0

log = logging.getLogger(__name__)


def log_error(error: Exception) -> None:
    """Log an error after which the worker tries again, in one line if it is the database's."""
    if isinstance(error, OperationalError):
        log.error("The database can't be used: %s. Retrying.", str(error).rstrip(".\n"))
    else:
        log.error("Worker error; retrying.", exc_info=error)


class Chores:
    """Shows that a worker runs, notices a restored backup, recovers, and deletes old sessions."""

    def __init__(self, sender: Sender) -> None:
        self._name, self._sender = worker_name(), sender
        self._beat = Interval(heartbeat.BEAT_SECONDS)
        self._recovery = Interval(_RECOVERY_SECONDS)
        self._cleanup = Interval(_CLEANUP_SECONDS)

    def stop(self) -> None:
        """Record that the worker has stopped, if the database responds."""
        with suppress(Error):
            heartbeat.stop(self._name)

    def do_due(self) -> None:
        """Do what is due. Raises the database's errors."""
        if self._beat.is_due():
            heartbeat.beat(self._name)
            renew_tokens_if_restored()
        if self._recovery.is_due():
            recover(running=self._sender.running())
        if self._cleanup.is_due():
            clear_expired_sessions()
