"""Run the sandbox until SIGTERM or SIGINT: ``python -m distui.sandbox``.

Environment variables: SANDBOX_PORT (default: a free port), SANDBOX_STATE (the state file, default
``var/sandbox.json``), SANDBOX_LOG (if set, requests are logged to standard error), SANDBOX_TOKEN
(required to inject faults and to read the log of Create requests).
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

from distui.core.numbers import parse_number
from distui.sandbox.imagebuilder.state_file import StateFile, StateFileError
from distui.sandbox.sample_data import ACCOUNT
from distui.sandbox.server.sandbox_server import SandboxServer

_STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}


def main() -> int:
    """Serve until a signal arrives; return 0, 1 after a failure, or 2 if it can't start."""
    os.umask(0o077)  # the state is private
    _remove_aws_settings()
    try:
        state_file = StateFile(Path(os.environ.get("SANDBOX_STATE") or "var/sandbox.json"))
        listener = _listen(os.environ.get("SANDBOX_PORT") or "0")
    except (StateFileError, _PortError) as error:
        sys.stderr.write(f"The sandbox can't start: {error}\n")
        return 2
    with listener:
        server = SandboxServer(
            listener,
            state_file,
            log_requests=bool(os.environ.get("SANDBOX_LOG")),
            control_token=os.environ.get("SANDBOX_TOKEN", ""),
        )
    # Blocked before the threads start, which inherit it: a signal that a handler takes just before
    # the main thread waits does not end the wait.
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    server.start()
    sys.stdout.write(f"Sandbox AWS account {ACCOUNT} at {server.url}\n")
    sys.stdout.flush()
    signal.sigwait(_STOP_SIGNALS)
    server.stop()
    return int(server.failed)


def _remove_aws_settings() -> None:
    """Remove the profiles and endpoints for the real AWS from this process.

    moto and the seeding use boto3, which fails on a missing profile.
    """
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


class _PortError(Exception):
    """The configured port can't be used."""


def _listen(port: str) -> socket.socket:
    number = parse_number(port)
    if number is None or number >= 2**16:
        raise _PortError(f"SANDBOX_PORT must be a port number from 0 to 65535, not {port!r}.")
    try:
        return socket.create_server(("127.0.0.1", number), backlog=128)
    except OSError as error:
        raise _PortError(
            f"can't listen on port {port} of 127.0.0.1: {error.strerror}. Set SANDBOX_PORT to"
            " another port."
        ) from error


if __name__ == "__main__":
    sys.exit(main())
