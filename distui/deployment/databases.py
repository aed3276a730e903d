"""Django's settings of the database."""

from __future__ import annotations

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"


def database(url: str) -> dict[str, Any]:
    """Return Django's database settings for a URL of SQLite or PostgreSQL.

    Raise ImproperlyConfigured for any other.
    """
    try:
        parsed: dict[str, Any] = {
            **dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
        }
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not a valid database URL: {error}") from error
    if parsed["ENGINE"] == SQLITE:
        # A submission is on disk before it is sent; concurrent transactions wait for each other.
        parsed["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    elif parsed["ENGINE"] == POSTGRESQL:
        parsed.setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)  # seconds
    else:
        raise ImproperlyConfigured("DATABASE_URL must be the URL of SQLite or PostgreSQL.")
    return parsed
