"""Error pages: one template for all status codes."""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django_htmx.http import trigger_client_event

from distui.core.numbers import parse_number
from distui.web.htmx import retarget
from distui.web.resubmit import posted_fields, resend_page

logger = logging.getLogger(__name__)

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
MAX_DISCARDED_BYTES = 100_000_000


def error_page(
    request: HttpRequest, status: int, title: str, text: str, *, standalone: bool = False
) -> HttpResponse:
    """Return an error page; htmx shows its message at the top of the current page.

    A ``standalone`` page uses neither session nor database, so it does not show the user.
    """
    context = {"title": title, "text": text, "status": status}
    body = render_to_string("web/error.html", context, None if standalone else request)
    return retarget(request, HttpResponse(body, status=status), "#notices", "#problem")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 413 if the form is too large, else 400."""
    if isinstance(exception, TOO_LARGE):
        discard_body(request)
        return error_page(
            request,
            413,
            "Form too large",
            f"A form can have at most {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields and"
            f" {settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1e6:.0f} MB. Nothing was saved. Use your"
            " browser's Back button to return to your input.",
        )
    return error_page(
        request,
        400,
        "Bad request",
        "The server can't read this request. Nothing was saved.",
        standalone=True,
    )


def discard_body(request: HttpRequest) -> None:
    """Read and discard the rest of a rejected body, up to ``MAX_DISCARDED_BYTES``.

    Otherwise the server would parse it as the next request on the same connection.
    """
    content_length = parse_number(request.META.get("CONTENT_LENGTH")) or 0
    was_read = hasattr(request, "_body")
    remaining = 0 if was_read else min(content_length, MAX_DISCARDED_BYTES)
    while remaining > 0 and (chunk := request.META["wsgi.input"].read(min(remaining, 65_536))):
        remaining -= len(chunk)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 403 with the exception's message."""
    reason = str(exception) or "You don't have permission for this. An administrator can grant it."
    return error_page(request, 403, "Access denied", reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 404, also for objects that belong to other users."""
    return error_page(
        request,
        404,
        "Page not found",
        "Check the address. The page may have been deleted, or it belongs to someone else.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Return 500 with an error ID that is also in the log."""
    error_id = uuid.uuid4().hex[:8]
    logger.error("Error %s at %s %s", error_id, request.method, request.path)
    return error_page(
        request,
        500,
        "Something went wrong",
        f"An unexpected problem was logged as error {error_id}. Everything that you saved or"
        " submitted before is safe.",
        standalone=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return 403 for a form with an outdated token, with a page to send its fields again.

    A background request gets the current token instead, so the open page stays as it is.
    """
    if "X-Background" in request.headers:
        detail = {"value": get_token(request)}
        return trigger_client_event(HttpResponse(status=403), "token", detail)
    fields = posted_fields(request)
    if fields is None:
        return error_page(
            request,
            403,
            "Form rejected",
            "The form has no valid security token, or it came from another site. Nothing was"
            " saved.",
        )
    return resend_page(
        request,
        request.get_full_path(),
        fields,
        title="Send the form again",
        text="The page was opened before you last signed in, so nothing was saved. Your input is"
        " kept below.",
        status=403,
    )
