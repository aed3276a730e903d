"""Whole pages as answers to htmx: it takes the part that it can show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def retarget(request: HttpRequest, response: HttpResponse, target: str, part: str) -> HttpResponse:
    """The response; htmx, where it asked, shows only ``part`` of it, in ``target`` (selectors)."""
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = target
        response["HX-Reselect"] = part
        response["HX-Reswap"] = "outerHTML" if target == part else "innerHTML"
    return response
