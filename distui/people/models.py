"""Sessions that know whose they are."""

from __future__ import annotations

from hashlib import sha256
from importlib import import_module

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

_BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "Linux")


class SessionQuerySet(models.QuerySet["Session"]):
    """Queries for sessions."""

    def current(self, user: User) -> models.QuerySet[Session]:
        """Return the user's sessions that have not ended, the last used one first."""
        return self.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_active")


class Session(AbstractBaseSession):
    """Django's session with its user, and where it began; ``SessionStore`` fills them in."""

    # Without a constraint: a request may save the session of a user who is being deleted.
    user = models.ForeignKey(User, models.CASCADE, null=True, db_constraint=False)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200)
    started = models.DateTimeField(null=True)
    last_active = models.DateTimeField(auto_now=True)

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        return f"session of {self.user}"

    @property
    def browser_name(self) -> str:
        """Return the browser and its system, for example ``Firefox, Linux``."""
        names = [name for part, name in _BROWSERS.items() if f"{part}/" in self.browser]
        systems = [system for system in _SYSTEMS if system in self.browser]
        return ", ".join([*names[:1], *systems[:1]]) or "Unknown browser"

    @property
    def public_id(self) -> str:
        """Return an ID for pages: the key itself is a secret."""
        return sha256(self.session_key.encode()).hexdigest()[:16]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the class that reads and writes these sessions."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store
