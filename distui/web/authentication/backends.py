"""Users that another system has authenticated."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class NoPasswordBackend(ModelBackend):
    """Django's users and permissions, without passwords: someone else has checked them."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # type: ignore[override]
        """Return None for all credentials."""


class ProviderBackend(NoPasswordBackend):
    """Users that the OpenID provider has authenticated."""


class ProxyBackend(NoPasswordBackend):
    """Users that the proxy has authenticated."""
