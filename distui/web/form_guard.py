"""Refuses bodies and query strings that no form of ours sends, before any view reads them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from distui.web.errors import error_page
from distui.web.resubmit import kept_fields, resend_page

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
FORM_TYPES = (URLENCODED, MULTIPART)
# The one control of ours that sends a file; every other name belongs to text.
UPLOADS = {"file"}
# What Django's decoding puts in the place of bytes that are no UTF-8.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
NUL = "\0"
_ENCODED = re.compile(rb"\r\ncontent-transfer-encoding:\s*(base64|quoted-printable)", re.IGNORECASE)


class PostedFormMiddleware:
    """Answers 400, 415 or 422 to what can't be read as a form, with a sentence that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return refuse_query(request) or refuse_form(request) or self.get_response(request)


def refuse_query(request: HttpRequest) -> HttpResponse | None:
    """400 for a NUL in the query string: PostgreSQL stores and compares none."""
    if not any(NUL in name + "".join(values) for name, values in request.GET.lists()):
        return None
    text = "Its address contains the character NUL, which nothing can be searched for."
    return error_page(request, 400, "The request could not be read", text)


def refuse_form(request: HttpRequest) -> HttpResponse | None:
    """415, 400 or 422 for a body that is no whole form in UTF-8; None where it can be read."""
    if request.method not in ("POST", "PUT", "PATCH"):
        return None
    if refused := refuse_cut(request):
        return refused
    if not request.body:
        return None
    return (
        refuse_type(request)
        or refuse_charset(request)
        or refuse_parts(request)
        or refuse_characters(request)
    )


def refuse_cut(request: HttpRequest) -> HttpResponse | None:
    """422 for a body that ends too early, as when the connection breaks: half a form is no form.

    Django reads what came, and whatever is missing from a form means that it was left empty.
    """
    announced = request.META.get("CONTENT_LENGTH") or "0"
    whole = not announced.isdigit() or len(request.body) >= int(announced)
    boundary = (request.content_params or {}).get("boundary", "")
    if request.content_type == MULTIPART and boundary:
        whole = whole and f"--{boundary}--".encode("ascii", "replace") in request.body
    if whole:
        return None
    text = "Only a part of it arrived. Nothing was saved: please send it again."
    return error_page(request, 422, "This form was cut off", text)


def refuse_parts(request: HttpRequest) -> HttpResponse | None:
    """422 for parts of a multipart form that no browser sends: encoded ones, and texts as files."""
    if request.content_type != MULTIPART:
        return None
    title = "This form can't be read"
    if _ENCODED.search(request.body):
        return error_page(request, 422, title, "Send its parts as they are. Nothing was saved.")
    names = [without_unreadable(name) for name in request.FILES if name not in UPLOADS]
    if not names:
        return None
    text = f"These fields hold text and came as files: {', '.join(names)}. Nothing was saved."
    return error_page(request, 422, title, text)


def refuse_type(request: HttpRequest) -> HttpResponse | None:
    """415 for a body of another content type than a form's."""
    if request.content_type in FORM_TYPES:
        return None
    text = f"Pages here accept forms ({' or '.join(FORM_TYPES)}). Nothing was saved."
    return error_page(request, 415, "This is not a form", text)


def refuse_charset(request: HttpRequest) -> HttpResponse | None:
    """415 for a charset that nobody knows, 400 for a known one that isn't UTF-8, else 422.

    Django reads a body as Latin-1 where its bytes, taken as they came, are no UTF-8.
    """
    status = 200
    try:
        known = codecs.lookup((request.content_params or {}).get("charset", "utf-8"))
        status = 200 if known.name == "utf-8" else 400
        if request.content_type == URLENCODED:
            request.body.decode()
    except LookupError:
        status = 415
    except UnicodeDecodeError:
        status = 422
    if status == 200:
        return None
    title, text = "This form is not in UTF-8", "Please send it as UTF-8. Nothing was saved."
    return error_page(request, status, title, text)


def refuse_characters(request: HttpRequest) -> HttpResponse | None:
    """422 for bytes that are no UTF-8 and for NUL: the readable rest is kept, to be sent again."""
    names = unreadable_names(request)
    if not names:
        return None
    title = "Some characters can't be read"
    text = f"They stand in {', '.join(names)}. Nothing was saved."
    fields = kept_fields(request)
    if fields is None:
        return error_page(request, 422, title, text)
    readable = [(without_unreadable(name), without_unreadable(value)) for name, value in fields]
    text += " All the rest is kept here; sending it again leaves these characters out."
    path = request.get_full_path()
    return resend_page(request, path, readable, title=title, text=text, status=422)


def unreadable_names(request: HttpRequest) -> list[str]:
    """The names of the fields with a NUL or with bytes that are no UTF-8, made readable.

    A replacement character that was typed as such is text like any other: only where there are
    more of them than the body has was something replaced.
    """
    parts = [(name, name + "".join(values)) for name, values in request.POST.lists()]
    read = sum(text.count(UNREADABLE) for _, text in parts)
    replaced = read and read > sent(request).count(UNREADABLE.encode())
    return [
        without_unreadable(name)
        for name, text in parts
        if NUL in text or (replaced and UNREADABLE in text)
    ]


def sent(request: HttpRequest) -> bytes:
    """The body as its fields have it."""
    return unquote_to_bytes(request.body) if request.content_type == URLENCODED else request.body


def without_unreadable(text: str) -> str:
    """The text without NUL and replacement characters."""
    return text.replace(NUL, "").replace(UNREADABLE, "")
