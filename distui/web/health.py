"""Health checks: ``/healthz`` for the process, ``/readyz`` for its database."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from distui.web.metrics import metrics


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Return 200 without using session or database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Return 200 if the database responds, with the notices of ``READINESS_NOTICES``; else 503.

    A note doesn't change the status: without a worker, the site can still be used.
    """
    try:
        notices = [import_string(name)() for name in settings.READINESS_NOTICES]
    except Error:
        return HttpResponse("The database does not respond.\n", "text/plain", 503)
    return HttpResponse("\n".join(["ok", *filter(None, notices), ""]), content_type="text/plain")


class HealthMiddleware:
    """Answers before the host is checked, because probes often use an IP address."""

    views = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer to a health check, else the view's response."""
        view = self.views.get(request.path_info)
        return view(request) if view else self.get_response(request)
