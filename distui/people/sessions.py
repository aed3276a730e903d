"""The session engine: Django's, with columns that say whose a session is and where it began."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Stores sessions as ``people.Session``."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the model."""
        from distui.people.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row for the session, with its columns from the data."""
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.address, row.browser = data.get("address"), data.get("browser", "")
        if started := data.get("started_at"):
            row.started = datetime.fromtimestamp(started, UTC)
        return row
