"""PostgreSQL tells waiting workers that a submission is due; on other databases they poll."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_CHANNEL = "distui_due"
_WAIT_SECONDS = 0.5
_ERROR_SECONDS = 5.0

log = logging.getLogger(__name__)


def notify() -> None:
    """Wake all workers, if the database can."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {_CHANNEL}")


@contextmanager
def listening(wake: threading.Event) -> Iterator[None]:
    """Set ``wake`` for each notification, if the database has them.

    It takes a database connection of its own. Workers poll as well, so errors only delay.
    """
    if connection.vendor != "postgresql":
        yield
        return
    stopping = threading.Event()
    thread = threading.Thread(target=_listen, args=(wake, stopping), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def _listen(wake: threading.Event, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {_CHANNEL}")
            while not stopping.is_set():
                for _ in connection.connection.notifies(timeout=_WAIT_SECONDS, stop_after=1):
                    wake.set()
        except Exception as error:  # noqa: BLE001 (Django's errors, or the driver's own)
            log.warning("No notifications from the database: %s", error)
            stopping.wait(_ERROR_SECONDS)
        finally:
            connection.close()
