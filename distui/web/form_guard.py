"""Reject methods, request bodies and query strings that no form of this site sends."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import FieldDoesNotExist
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from distui.core.numbers import parse_number
from distui.web.errors import error_page
from distui.web.resubmit import posted_fields, resend_page

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
FORM_TYPES = (URLENCODED, MULTIPART)
METHODS = ("GET", "HEAD", "POST")
# The only file input of the site; all other names are text fields.
FILE_FIELDS = {"file"}
# Django's decoding replaces bytes that are not UTF-8 with this character.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NUL = "\0"
_ENCODED_PART = re.compile(
    rb"\r\ncontent-transfer-encoding:\s*(base64|quoted-printable)", re.IGNORECASE
)


class FormGuardMiddleware:
    """Responds with 400, 405, 415 or 422 and a reason to requests that no page sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the rejection of a malformed request, else the view's response."""
        return (
            reject_method(request)
            or reject_query(request)
            or reject_form(request)
            or self.get_response(request)
        )

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return 400 for an ID that isn't a number or is too large, or an empty field's name.

        Django's admin passes the IDs, filters and fields of a request on to the database unchecked.
        """
        names = {*request.GET, *request.POST}
        is_number_error = isinstance(exception, OverflowError | DataError) or (
            isinstance(exception, ValueError) and "expected a number but got" in str(exception)
        )
        if is_number_error:
            text = "The request has an ID that isn't a number, or a number that is too large."
        elif isinstance(exception, FieldDoesNotExist) and TO_FIELD_VAR in names:
            text = f"The request's {TO_FIELD_VAR} is empty."
        else:
            return None
        return error_page(request, 400, "Bad request", f"{text} Nothing was saved.")


def reject_method(request: HttpRequest) -> HttpResponse | None:
    """Return 405 for a method that no page uses: Django's admin would answer it as GET."""
    if request.method in METHODS:
        return None
    text = f"This site uses only {', '.join(METHODS)}. Nothing was saved."
    response = error_page(request, 405, "Method not allowed", text)
    response["Allow"] = ", ".join(METHODS)
    return response


def reject_query(request: HttpRequest) -> HttpResponse | None:
    """Return 400 for a NUL in the query string, which PostgreSQL can't store or compare."""
    if not any(NUL in name + "".join(values) for name, values in request.GET.lists()):
        return None
    return error_page(request, 400, "Bad request", "The address contains a NUL character.")


def reject_form(request: HttpRequest) -> HttpResponse | None:
    """Return 400, 415 or 422 for a body that is not a complete UTF-8 form, else None."""
    if request.method != "POST":
        return None
    if response := reject_truncated(request):
        return response
    if not request.body:
        return None
    return (
        reject_type(request)
        or reject_charset(request)
        or reject_parts(request)
        or reject_characters(request)
    )


def reject_truncated(request: HttpRequest) -> HttpResponse | None:
    """Return 422 for a body that is shorter than announced, for example after a lost connection.

    Django would parse what arrived and treat the missing fields as empty.
    """
    content_length = parse_number(request.META.get("CONTENT_LENGTH")) or 0
    complete = len(request.body) >= content_length
    boundary = (request.content_params or {}).get("boundary", "")
    if request.content_type == MULTIPART and boundary:
        complete = complete and f"--{boundary}--".encode("ascii", "replace") in request.body
    if complete:
        return None
    text = "Only part of the form arrived. Nothing was saved. Send it again."
    return error_page(request, 422, "Incomplete form", text)


def reject_parts(request: HttpRequest) -> HttpResponse | None:
    """Return 422 for multipart parts that browsers don't send: encoded, or text as a file."""
    if request.content_type != MULTIPART:
        return None
    title = "Invalid form"
    if _ENCODED_PART.search(request.body):
        text = "Send the form without Content-Transfer-Encoding. Nothing was saved."
        return error_page(request, 422, title, text)
    names = [remove_unreadable(name) for name in request.FILES if name not in FILE_FIELDS]
    if not names:
        return None
    text = f"These fields must be text, not files: {', '.join(names)}. Nothing was saved."
    return error_page(request, 422, title, text)


def reject_type(request: HttpRequest) -> HttpResponse | None:
    """Return 415 for a content type other than those of forms."""
    if request.content_type in FORM_TYPES:
        return None
    text = f"Send a form as {' or '.join(FORM_TYPES)}. Nothing was saved."
    return error_page(request, 415, "Unsupported content type", text)


def reject_charset(request: HttpRequest) -> HttpResponse | None:
    """Return 415 for an unknown charset, 400 for one other than UTF-8, 422 for invalid UTF-8.

    Django would decode a body that is not UTF-8 as Latin-1.
    """
    status = 200
    try:
        charset = codecs.lookup((request.content_params or {}).get("charset", "utf-8"))
        status = 200 if charset.name == "utf-8" else 400
        if request.content_type == URLENCODED:
            request.body.decode()
    except LookupError:
        status = 415
    except UnicodeDecodeError:
        status = 422
    if status == 200:
        return None
    text = "Send the form as UTF-8. Nothing was saved."
    return error_page(request, status, "Unsupported character encoding", text)


def reject_characters(request: HttpRequest) -> HttpResponse | None:
    """Return 422 for NUL and bytes that are not UTF-8, with a page to send the rest again."""
    names = unreadable_fields(request)
    if not names:
        return None
    title = "Unreadable characters"
    text = f"These fields contain unreadable characters: {', '.join(names)}. Nothing was saved."
    fields = posted_fields(request)
    if fields is None:
        return error_page(request, 422, title, text)
    readable = [(remove_unreadable(name), remove_unreadable(value)) for name, value in fields]
    text += " Send the form again without these characters; the rest of your input is kept below."
    path = request.get_full_path()
    return resend_page(request, path, readable, title=title, text=text, status=422)


def unreadable_fields(request: HttpRequest) -> list[str]:
    """Return the names of fields that contain NUL or bytes that are not UTF-8.

    Users can type a replacement character; only if the decoded fields contain more of them than
    the body, some come from decoding.
    """
    fields = [*request.POST.lists()]
    everything = "".join([text for name, values in fields for text in (name, *values)])
    if NUL not in everything and REPLACEMENT not in everything:
        return []
    parts = [(name, name + "".join(values)) for name, values in fields]
    decoded = sum(text.count(REPLACEMENT) for _, text in parts)
    has_replaced = decoded and decoded > raw_body(request).count(REPLACEMENT.encode())
    return [
        remove_unreadable(name)
        for name, text in parts
        if NUL in text or (has_replaced and REPLACEMENT in text)
    ]


def raw_body(request: HttpRequest) -> bytes:
    """Return the body without URL encoding."""
    return unquote_to_bytes(request.body) if request.content_type == URLENCODED else request.body


def remove_unreadable(text: str) -> str:
    """Return the text without NUL and replacement characters."""
    return text.replace(NUL, "").replace(REPLACEMENT, "")
