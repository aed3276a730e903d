"""Sessions end after a time without activity, and after their maximum age."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

_STARTED = "started_at"  # seconds since 1970, in the session
# Activity renews a session at most this often: each renewal writes to the database.
_RENEW_SECONDS = 60


def start_session(request: HttpRequest) -> None:
    """Begin the session's lifetime: the user has just signed in."""
    request.session[_STARTED] = time.time()
    request.session["address"] = request.META.get("REMOTE_ADDR") or None
    request.session["browser"] = request.headers.get("User-Agent", "")[:200]
    renew_session(request)


def end_sessions(user: User) -> None:
    """End all sessions of the user."""
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    sessions.objects.filter(user=user).delete()


def seconds_since_sign_in(request: HttpRequest) -> float:
    """Return how long ago the session began."""
    now = time.time()
    started: float = request.session.get(_STARTED, now)
    return now - started


def renew_session(request: HttpRequest) -> int:
    """Restart the idle time, up to the maximum age; return the seconds until the session ends.

    The expiry is an explicit date, so that pages can show it.
    """
    now = time.time()
    started = request.session.setdefault(_STARTED, now)
    end = min(now + settings.SESSION_COOKIE_AGE, started + settings.SESSION_MAX_AGE)
    request.session.set_expiry(datetime.fromtimestamp(end, UTC))
    return max(int(end - now), 0)


def renew_if_active(request: HttpRequest) -> int | None:
    """Renew the session for a request that a user's action has caused.

    Return the seconds until it ends, or None if it was not renewed. htmx's GET requests don't
    count: pages send them without the user.
    """
    if request.method == "GET" and "HX-Request" in request.headers:
        return None
    remaining = request.session.get_expiry_age()
    if settings.SESSION_COOKIE_AGE - remaining < _RENEW_SECONDS:
        return None
    return renew_session(request)


@require_POST
def extend_session(request: HttpRequest) -> HttpResponse:
    """Extend the session and send its new lifetime to the page."""
    seconds = renew_session(request)
    response = HttpResponse(status=204)
    minutes = seconds // 60
    is_last = seconds < settings.SESSION_COOKIE_AGE
    text = f"Your session ends in {minutes} minutes." if is_last else "Session extended."
    trigger_client_event(response, "announce", {"value": text})
    send_session_end(response, seconds)
    return response


def send_session_end(response: HttpResponseBase, seconds: int) -> None:
    """Send the session's remaining seconds to the page, as the event ``session``."""
    trigger_client_event(response, "session", {"value": seconds})
