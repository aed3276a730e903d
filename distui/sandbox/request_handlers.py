"""How the sandbox's server handles a connection, and what it says about each request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class DroppingHandler(WSGIRequestHandler):
    """Closes the connection at once where an answer fails with ConnectionError."""

    def connection_dropped(
        self, error: BaseException, environ: WSGIEnvironment | None = None
    ) -> None:
        """Keeps the connection from waiting for a next request, while its caller waits too."""
        self.close_connection = True


class QuietHandler(DroppingHandler):
    """The same, without a line for each request; a failure still leaves its traceback."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""
