"""Request types for the type checker."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class AuthedHtmxRequest(HttpRequest):
    """A request of a signed-in user, with django-htmx's details."""

    user: User
    htmx: HtmxDetails
