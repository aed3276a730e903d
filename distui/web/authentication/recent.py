"""Require a recent sign-in for reviews and the admin: a stolen session alone can't change them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse

from distui.core.text.pluralize import pluralize
from distui.web.authentication.proxy import BACKEND as PROXY
from distui.web.authentication.sessions import seconds_since_sign_in
from distui.web.authentication.sign_in import sign_in_page
from distui.web.resubmit import posted_fields

View = Callable[..., Any]
_MARK = "requires_recent_sign_in"


def recent_sign_in_required(view: View) -> View:
    """Mark a view whose POST needs a recent sign-in. Those of the admin need no mark."""
    setattr(view, _MARK, True)
    return view


def must_sign_in_again(request: HttpRequest, view: View) -> bool:
    """Return True if the user signed in too long ago for this request.

    Not with a proxy, which names the user on each request.
    """
    match = request.resolver_match
    is_protected = getattr(view, _MARK, False) or (match and "admin" in match.app_names)
    if request.method != "POST" or not is_protected:
        return False
    if request.session.get(BACKEND_SESSION_KEY) == PROXY:
        return False
    return seconds_since_sign_in(request) > settings.REAUTHENTICATION_TIMEOUT


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Return the sign-in page, which keeps the form to send it again."""
    minutes = settings.REAUTHENTICATION_TIMEOUT // 60
    problem = (
        "Reviews and changes in the admin require that you signed in within the last"
        f" {pluralize(minutes, 'minute')}. Sign in again."
    )
    fields = posted_fields(request) or []
    path = request.get_full_path()
    return sign_in_page(request, path, fields, status=403, problem=problem)
