"""Request handlers of the sandbox's HTTP server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class DroppingHandler(WSGIRequestHandler):
    """Closes the connection without a response if the application raises ConnectionError."""

    def connection_dropped(
        self, error: BaseException, environ: WSGIEnvironment | None = None
    ) -> None:
        """Close the connection; otherwise it would wait for another request."""
        self.close_connection = True


class QuietHandler(DroppingHandler):
    """Does not log requests; tracebacks are still written."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Do nothing."""
