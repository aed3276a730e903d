"""Slow down and then lock out those who guess passwords, and log sign-ins.

django-axes counts the failed sign-ins of each username and IP address, and locks both out after
``AXES_FAILURE_LIMIT`` of them for ``AXES_COOLOFF_TIME``. Before that, each attempt has to wait
longer than the one before.
"""

from __future__ import annotations

import logging
import math
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest, QueryDict
from django.utils import timezone

_FREE_FAILURES = 2  # typing mistakes that cost nothing

log = logging.getLogger(__name__)


class LimitHandler(AxesDatabaseHandler):  # type: ignore[misc] # axes has no types
    """axes' handler, without storing the posted fields: they may hold a form that was typed."""

    def user_login_failed(self, sender: Any, credentials: Any, request: Any, **kwargs: Any) -> None:
        """Count a failed sign-in."""
        get, post = request.GET, request.POST
        request.GET = request.POST = QueryDict()
        try:
            super().user_login_failed(sender, credentials, request, **kwargs)
        finally:
            request.GET, request.POST = get, post


def seconds_to_wait(request: HttpRequest, username: str) -> int:
    """Return how long this client has to wait until its next attempt to sign in as the user."""
    AxesProxyHandler.update_request(request)
    failures = AxesProxyHandler.get_failures(request, {"username": username})
    if not _FREE_FAILURES < failures < settings.AXES_FAILURE_LIMIT:
        return 0  # axes locks out the others
    last = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    if last is None:
        return 0
    pause = timedelta(seconds=2 ** (failures - _FREE_FAILURES))
    remaining: timedelta = last.attempt_time + pause - timezone.now()
    return max(0, math.ceil(remaining.total_seconds()))


def log_sign_ins() -> None:
    """Log every sign-in, right or wrong, and every lockout."""
    user_logged_in.connect(_log_signed_in, dispatch_uid="log signed in")
    user_login_failed.connect(_log_failed, dispatch_uid="log failed sign-in")
    user_locked_out.connect(_log_locked_out, dispatch_uid="log lockout")


def _log_signed_in(*, request: HttpRequest, user: User, **_: Any) -> None:
    log.info("Signed in: %s from %s.", user.get_username(), _address(request))


def _log_failed(*, credentials: dict[str, Any], request: HttpRequest | None, **_: Any) -> None:
    log.warning("Sign-in failed: %s from %s.", credentials.get("username"), _address(request))


def _log_locked_out(*, username: str, ip_address: str | None, **_: Any) -> None:
    minutes = settings.AXES_COOLOFF_TIME.total_seconds() // 60
    log.warning("Sign-in locked for %d minutes: %s from %s.", minutes, username, ip_address)


def _address(request: HttpRequest | None) -> str:
    return request.META.get("REMOTE_ADDR", "-") if request else "-"
