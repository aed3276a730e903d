"""Keep the posted fields of a form that could not be accepted, so that they can be sent again."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from distui.web.htmx import retarget

Fields = Sequence[tuple[str, str]]

MAX_CHARACTERS = 1_000_000
# Prefix of the interrupted form's field names in the sign-in form.
PREFIX = "pending:"


def is_cross_origin(request: HttpRequest) -> bool:
    """Return True if the Origin header names another site."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def posted_fields(request: HttpRequest) -> Fields | None:
    """Return the posted fields without token and passwords.

    Return None if the form came from another site or is too long to be sent again.
    """
    if is_cross_origin(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    length = sum(len(name) + len(value) for name, value in fields)
    return None if length > MAX_CHARACTERS else fields


def pending_fields(post: QueryDict) -> Fields:
    """Return the fields of the interrupted form from a posted sign-in form."""
    return [
        (name.removeprefix(PREFIX), value)
        for name, values in post.lists()
        for value in values
        if name.startswith(PREFIX)
    ]


def resend_page(
    request: HttpRequest, path: str, fields: Fields, *, title: str, text: str, status: int
) -> HttpResponse:
    """Return a page whose form posts the fields to ``path`` again, with a new token."""
    context = {"path": path, "fields": fields, "title": title, "text": text}
    response = render(request, "web/resend.html", context, status=status)
    return retarget(request, response, "#main", "#main")
