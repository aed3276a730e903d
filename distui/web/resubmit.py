"""What somebody typed, kept through a post that could not be accepted."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from distui.web.htmx import retarget

Fields = Sequence[tuple[str, str]]

MAX_CHARACTERS = 1_000_000
# Fields that are kept while somebody signs in carry this before their names.
PREFIX = "kept:"


def came_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a browser says that another site sent this: that site's fields are not offered."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def kept_fields(request: HttpRequest) -> Fields | None:
    """The posted fields but for token and passwords; None where they may not be kept."""
    if came_from_elsewhere(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    too_long = sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS
    return None if too_long else fields


def carried_fields(post: QueryDict) -> Fields:
    """The fields that the sign-in form carries for the form that was interrupted."""
    return [
        (name.removeprefix(PREFIX), value)
        for name, values in post.lists()
        for value in values
        if name.startswith(PREFIX)
    ]


def resend_page(
    request: HttpRequest, path: str, fields: Fields, *, title: str, text: str, status: int
) -> HttpResponse:
    """A page whose form posts the fields to the path once more, with a fresh token."""
    context = {"path": path, "fields": fields, "title": title, "text": text}
    response = render(request, "web/resend.html", context, status=status)
    return retarget(request, response, "#main", "#main")
