"""Serves the sandbox on a listening socket at once, and fills its account meanwhile."""

from __future__ import annotations

import socket
import threading

from werkzeug.serving import make_server

from distui.sandbox.company import ACCOUNT
from distui.sandbox.dispatcher import Dispatcher
from distui.sandbox.imagebuilder import ImageBuilder
from distui.sandbox.licenses import LicenseManager
from distui.sandbox.request_handlers import DroppingHandler, QuietHandler
from distui.sandbox.state_file import StateFile


class SandboxServer:
    """The sandbox in threads of its own; `ended` is set once it has to stop."""

    def __init__(self, listener: socket.socket, state_file: StateFile, log_requests: bool) -> None:
        self._state_file = state_file
        self._dispatcher = Dispatcher(
            {"imagebuilder": ImageBuilder(state_file), "license-manager": LicenseManager()},
            ACCOUNT,
            own_are_filled=not state_file.is_new,
        )
        host, port = listener.getsockname()
        self.url = f"http://{host}:{port}"
        self._server = make_server(
            host,
            port,
            self._dispatcher,
            threaded=True,
            request_handler=DroppingHandler if log_requests else QuietHandler,
            fd=listener.fileno(),
        )
        self.ended = threading.Event()
        self.failed = False

    def start(self) -> None:
        """Answers from now on; requests to AWS services wait until the account is filled."""
        for work in (self._server.serve_forever, self._fill):
            threading.Thread(target=work, daemon=True).start()

    def stop(self) -> None:
        """Takes no further requests."""
        self._server.shutdown()
        self._server.server_close()

    def _fill(self) -> None:
        try:
            # Imported here because moto takes longer to import than the start may take.
            from distui.sandbox.first_configurations import add_first_configurations
            from distui.sandbox.moto_services import MotoServices
            from distui.sandbox.seeding import fill

            services = MotoServices(ACCOUNT)
            ids = fill(services)
            if self._state_file.is_new:
                add_first_configurations(self._state_file, ids)
            self._dispatcher.open(services)
        except Exception:
            # Half an account is worse than none: the traceback goes to standard error, and
            # the process ends.
            self.failed = True
            self.ended.set()
            raise
