"""Let htmx show a part of a full page, and trigger events on the page."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

# Proxies reject responses whose headers exceed 4 or 8 kB.
MAX_EVENT_BYTES = 1_000


def retarget(
    request: HttpRequest, response: HttpResponse, target: str, select: str
) -> HttpResponse:
    """Make htmx swap only ``select`` of the page into ``target`` (CSS selectors).

    An element with ``autofocus`` gets the focus at once: later, it would take it from a user who is
    in another field already. Responses to other requests stay unchanged.
    """
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = target
        response["HX-Reselect"] = select
        style = "outerHTML" if target == select else "innerHTML"
        response["HX-Reswap"] = f"{style} settle:0s"
    return response


def announce(response: HttpResponse, message: str, **detail: Any) -> HttpResponse:
    """Announce the message on the page; one that is too long for a header is cut."""
    return trigger_client_event(response, "announce", {"value": shorten(message)} | detail)


def shorten(text: str) -> str:
    """Return the text, cut with an ellipsis if its JSON exceeds ``MAX_EVENT_BYTES``."""
    if fits_header(text):
        return text
    low, high = 0, MAX_EVENT_BYTES
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits_header(f"{text[:middle]}…") else (low, middle - 1)
    return f"{text[:low]}…"


def fits_header(text: str) -> bool:
    """Return True if the text may be part of an event: as JSON, it has few enough bytes."""
    return len(text) <= MAX_EVENT_BYTES and len(json.dumps(text)) <= MAX_EVENT_BYTES
