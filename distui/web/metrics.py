"""``/metrics`` for Prometheus: off unless a token or addresses are set."""

from __future__ import annotations

import ipaddress
import os
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_METHODS = ("GET", "HEAD", "POST")

registry = CollectorRegistry()
_requests = Counter(
    "distui_requests", "Requests to pages.", ["view", "method", "status"], registry=registry
)
_durations = Histogram(
    "distui_request_duration_seconds",
    "Time to the response of a page.",
    ["view"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30),
    registry=registry,
)


class MetricsMiddleware:
    """Counts the requests to pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, counted."""
        started = time.perf_counter()
        response = self.get_response(request)
        if match := request.resolver_match:
            method = request.method if request.method in _METHODS else "other"
            _requests.labels(match.view_name, method, response.status_code).inc()
            _durations.labels(match.view_name).observe(time.perf_counter() - started)
        return response


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics of this server's processes and of ``METRICS_COLLECTORS``.

    404 if they are off, 403 without the token and from another address, 503 without a database.
    """
    if not (settings.METRICS_TOKEN or settings.METRICS_ALLOW):
        return HttpResponse("Metrics are off.\n", "text/plain", 404)
    if not (_has_token(request) or _is_allowed(request)):
        return HttpResponse("Send the token or use an allowed address.\n", "text/plain", 403)
    try:
        return HttpResponse(_render(), content_type=CONTENT_TYPE_LATEST)
    except Error:
        return HttpResponse("The database does not respond.\n", "text/plain", 503)


def _render() -> bytes:
    own = registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # gunicorn_conf.py sets it
        own = CollectorRegistry()
        MultiProcessCollector(own)  # type: ignore[no-untyped-call]
    shared = CollectorRegistry()
    for name in settings.METRICS_COLLECTORS:
        shared.register(import_string(name))
    return generate_latest(own) + generate_latest(shared)


def _has_token(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    token: str = settings.METRICS_TOKEN
    return bool(token) and secrets.compare_digest(sent, token.encode())


def _is_allowed(request: HttpRequest) -> bool:
    """Return True for an allowed client, unless a proxy has forwarded its request."""
    if "X-Forwarded-For" in request.headers:
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_ALLOW)
