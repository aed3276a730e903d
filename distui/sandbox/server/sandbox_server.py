"""Serve the sandbox immediately, and seed its account in the background."""

from __future__ import annotations

import os
import signal
import socket
import threading

from werkzeug.serving import make_server

from distui.sandbox.imagebuilder.service import ImageBuilder
from distui.sandbox.imagebuilder.state_file import StateFile
from distui.sandbox.license_manager import LicenseManager
from distui.sandbox.protocol.request_handlers import DroppingHandler, QuietHandler
from distui.sandbox.sample_data import ACCOUNT
from distui.sandbox.server.dispatcher import Dispatcher


class SandboxServer:
    """The sandbox in background threads. If the seeding fails, it sends SIGTERM to the process."""

    def __init__(
        self,
        listener: socket.socket,
        state_file: StateFile,
        *,
        log_requests: bool,
        control_token: str,
    ) -> None:
        self._state_file = state_file
        self._dispatcher = Dispatcher(
            {"imagebuilder": ImageBuilder(state_file), "license-manager": LicenseManager()},
            ACCOUNT,
            native_seeded=not state_file.is_new,
            control_token=control_token,
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
        self._seeding = threading.Thread(target=self._seed, daemon=True)
        self.failed = False

    def start(self) -> None:
        """Accept connections; requests to AWS services wait for the seeding."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._seeding.start()

    def stop(self) -> None:
        """Stop accepting connections. If the seeding failed, its traceback is complete then."""
        self._server.shutdown()
        self._server.server_close()
        if self.failed:
            self._seeding.join()

    def _seed(self) -> None:
        try:
            # Imported here, because importing moto takes longer than the server may take to start.
            from distui.sandbox.moto_services import MotoServices
            from distui.sandbox.seeding.account import seed
            from distui.sandbox.seeding.configurations import add_sample_configurations

            services = MotoServices(ACCOUNT)
            ids = seed(services)
            if self._state_file.is_new:
                add_sample_configurations(self._state_file, ids)
            self._dispatcher.open(services)
        except Exception:
            # A partly seeded account is worse than none: end the process, with the traceback on
            # standard error.
            self.failed = True
            os.kill(os.getpid(), signal.SIGTERM)
            raise
