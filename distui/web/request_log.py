"""A request ID for each request, on its log lines and in the header of its response."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bind_contextvars, clear_contextvars

HEADER = "X-Request-ID"
_VALID = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = logging.getLogger(__name__)


class RequestLogMiddleware:
    """Binds the request ID that a proxy sent, or a new one, to all log lines of the request.

    Each request to a page is logged; static files and health checks aren't.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response with the request ID."""
        started = time.perf_counter()
        sent = request.headers.get(HEADER, "")
        request_id = sent if _VALID.fullmatch(sent) else uuid.uuid4().hex
        clear_contextvars()
        bind_contextvars(request=request_id)
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        if match := request.resolver_match:
            fields = {
                "view": match.view_name,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - started) * 1000),
            }
            log.info("%s %s", request.method, request.path, extra=fields)
        return response
