"""Refuse a database that can lose what it has committed when the power fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

_POSTGRESQL_SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")
_SQLITE_FULL = 2  # https://www.sqlite.org/pragma.html#pragma_synchronous


@register(Tags.database)
def check_durability(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Report settings under which a row that is committed before a send can be lost.

    ``migrate`` and ``check --database`` run it, and the worker before it sends anything.
    """
    return [
        Error(
            f"The database can lose committed submissions: {setting} is off. Turn it on for the"
            " server, the database and the role.",
            id="submissions.E001",
        )
        for alias in databases or ()
        for setting in _settings_that_are_off(alias)
    ]


def _settings_that_are_off(alias: str) -> list[str]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'",
                [list(_POSTGRESQL_SETTINGS)],
            )
            return [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT journal_mode, synchronous FROM pragma_journal_mode, pragma_synchronous"
        )
        (journal, level) = cursor.fetchone()
        checked = {"journal_mode=WAL": journal == "wal", "synchronous": level >= _SQLITE_FULL}
        return [setting for setting, is_safe in checked.items() if not is_safe]
