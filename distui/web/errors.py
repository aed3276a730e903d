"""The pages for what went wrong: one template, plain words, and nothing typed is lost."""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django_htmx.http import trigger_client_event

from distui.web.htmx import retarget
from distui.web.resubmit import kept_fields, resend_page

logger = logging.getLogger(__name__)

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
MOST_READ = 100_000_000


def error_page(
    request: HttpRequest, status: int, title: str, text: str, *, bare: bool = False
) -> HttpResponse:
    """A page that says what went wrong; htmx shows its text above the page that asked.

    A ``bare`` page asks neither session nor database who is signed in.
    """
    context = {"title": title, "text": text, "status": status}
    body = render_to_string("web/error.html", context, None if bare else request)
    return retarget(request, HttpResponse(body, status=status), "#notices", "#problem")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 where too much was sent at once."""
    if isinstance(exception, TOO_MUCH):
        read_rest(request)
        return error_page(
            request,
            413,
            "That is too much at once",
            f"A form may have {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields and"
            f" {settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1e6:.0f} MB. Nothing of it was saved, and"
            " what was saved before is as it was. Your browser's Back button returns to what"
            " you typed.",
        )
    return error_page(
        request,
        400,
        "The request could not be read",
        "Something between your browser and here has changed it. Nothing was saved.",
        bare=True,
    )


def read_rest(request: HttpRequest) -> None:
    """Read what is left of a body that was refused unread, and forget it.

    Left unread it would be taken for the browser's next request, which failed then. Of a body
    beyond all measure only the beginning is read: that connection may break.
    """
    announced = request.META.get("CONTENT_LENGTH") or "0"
    was_read = hasattr(request, "_body") or not announced.isdigit()
    left = 0 if was_read else min(int(announced), MOST_READ)
    while left > 0 and (chunk := request.META["wsgi.input"].read(min(left, 65_536))):
        left -= len(chunk)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason where one was given."""
    reason = str(exception) or "Somebody who administers distui can give you the permission."
    return error_page(request, 403, "You may not do this", reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: for what doesn't exist and for what is somebody else's alike."""
    return error_page(
        request,
        404,
        "There is nothing here",
        "The address may be mistyped, what stood here may have been deleted, or it belongs to"
        " somebody else.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with a number that stands in the log beside the traceback."""
    number = uuid.uuid4().hex[:8]
    logger.error("Error %s is the one at %s %s", number, request.method, request.path)
    return error_page(
        request,
        500,
        "Something failed here",
        f"It was not your doing, and it is in the log as error {number}. What you saved and"
        " submitted before is safe.",
        bare=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is out of date: the typed fields, ready to be sent again.

    What a page sends in the background takes nothing away: it is told the token of now.
    """
    if "X-Background" in request.headers:
        told = {"value": get_token(request)}
        return trigger_client_event(HttpResponse(status=403), "token", told)
    if kept_fields(request) is None:
        return error_page(
            request,
            403,
            "This form could not be accepted",
            "It came without a valid token, or from another site. Nothing was saved.",
        )
    return resend_page(
        request,
        request.get_full_path(),
        kept_fields(request) or [],
        title="Please send this once more",
        text="The page was older than your sign-in, so its form was not accepted and nothing was"
        " saved. All that you typed is kept here.",
        status=403,
    )
