"""Sessions in the database."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings


def clear_expired_sessions() -> None:
    """Delete the sessions that have expired, which Django leaves in the database."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
