"""Let htmx show a part of a full page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def retarget(
    request: HttpRequest, response: HttpResponse, target: str, select: str
) -> HttpResponse:
    """Make htmx swap only ``select`` of the page into ``target`` (CSS selectors).

    Responses to other requests stay unchanged.
    """
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = target
        response["HX-Reselect"] = select
        response["HX-Reswap"] = "outerHTML" if target == select else "innerHTML"
    return response
