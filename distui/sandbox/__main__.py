"""`python -m distui.sandbox`: the embedded AWS account, until it is told to stop.

Environment: SANDBOX_PORT (a free port where unset or 0), SANDBOX_STATE (the state file,
`var/sandbox.json` where unset), SANDBOX_LOG (any text: each request on standard error).
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

from distui.sandbox.company import ACCOUNT
from distui.sandbox.server import SandboxServer
from distui.sandbox.state_file import StateFile, StateFileError


def main() -> int:
    """Serves until SIGTERM or SIGINT; returns 0 then, 1 after a failure, 2 where it can't start."""
    _forget_aws_settings()
    try:
        state_file = StateFile(Path(os.environ.get("SANDBOX_STATE") or "var/sandbox.json"))
        listener = _listener(os.environ.get("SANDBOX_PORT") or "0")
    except (StateFileError, _NoPort) as error:
        sys.stderr.write(f"The sandbox can't start: {error}\n")
        return 2
    with listener:
        server = SandboxServer(listener, state_file, bool(os.environ.get("SANDBOX_LOG")))
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: server.ended.set())
    server.start()
    sys.stdout.write(f"Sandbox AWS account {ACCOUNT} at {server.url}\n")
    sys.stdout.flush()
    server.ended.wait()
    server.stop()
    return int(server.failed)


def _forget_aws_settings() -> None:
    """Leaves to this process none of the profiles and endpoints meant for the real AWS.

    moto and the seeding use boto3, which would fail on a profile that isn't there.
    """
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


class _NoPort(Exception):
    """The port asked for can't be had."""


def _listener(port: str) -> socket.socket:
    if not (port.isascii() and port.isdigit() and int(port) < 2**16):
        raise _NoPort(f"SANDBOX_PORT is {port!r}, not a port number.")
    try:
        return socket.create_server(("127.0.0.1", int(port)), backlog=128)
    except OSError as error:
        raise _NoPort(f"port {port} of 127.0.0.1 can't be had: {error.strerror}.") from error


if __name__ == "__main__":
    sys.exit(main())
