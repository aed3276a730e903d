"""Requests as the pages behind the sign-in get them, for the type checker."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class AuthedHtmxRequest(HttpRequest):
    """A signed-in person's request, with what htmx says of it."""

    user: User
    htmx: HtmxDetails
