"""Start child processes, restart those that may end, and stop all of them together."""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass

START_SECONDS = 45
_STOP_SECONDS = 40  # a running send can take 30
_PR_SET_PDEATHSIG = 1  # prctl(2)
# A process that ends soon after its start is started again after 1, 2, 4, … seconds.
_STABLE_SECONDS = 60
_MAX_PAUSE_SECONDS = 30

log = logging.getLogger(__name__)


class StartupError(Exception):
    """A child process has ended or does not respond; the message is for the user."""


@dataclass
class _Child:
    arguments: tuple[str, ...]
    restart: bool
    stdout: int | None
    process: subprocess.Popen[bytes]
    started_at: float
    failures: int = 0
    restart_at: float | None = None


class Supervisor:
    """The child processes; each runs Python."""

    def __init__(self) -> None:
        self._children: dict[str, _Child] = {}

    def start(
        self, name: str, *arguments: str, restart: bool = False, stdout: int | None = None
    ) -> None:
        """Start a child process with the arguments; with ``restart``, again whenever it ends."""
        process = _start(arguments, stdout)
        self._children[name] = _Child(arguments, restart, stdout, process, time.monotonic())

    def check(self) -> None:
        """Restart what has ended; raise StartupError if that was not started with ``restart``."""
        for name, child in self._children.items():
            if child.restart_at is not None:
                _restart_if_due(child)
            elif child.process.poll() is not None:
                if not child.restart:
                    raise StartupError(f"The {name} {_end_of(child)}. Stopping.")
                _plan_restart(name, child)

    def wait_for_url(self, url: str) -> None:
        """Wait until the URL responds. Raise StartupError if it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (http to loopback)
                return
            time.sleep(0.05)
        raise StartupError(f"{url} did not respond within {START_SECONDS} seconds.")

    def stop(self) -> None:
        """Terminate all child processes; kill those that take too long."""
        processes = [child.process for child in self._children.values()]
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _start(arguments: tuple[str, ...], stdout: int | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own programs)
        [sys.executable, *arguments], stdout=stdout, preexec_fn=_end_with_parent
    )


def _end_with_parent() -> None:
    """Make Linux end this child process when its parent ends, even if the parent is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _plan_restart(name: str, child: _Child) -> None:
    now = time.monotonic()
    child.failures = 0 if now - child.started_at > _STABLE_SECONDS else child.failures + 1
    pause = min(2**child.failures / 2, _MAX_PAUSE_SECONDS)
    child.restart_at = now + pause
    log.warning("The %s %s. It is started again in %g s.", name, _end_of(child), pause)


def _restart_if_due(child: _Child) -> None:
    now = time.monotonic()
    if child.restart_at is not None and now >= child.restart_at:
        child.process = _start(child.arguments, child.stdout)
        child.started_at, child.restart_at = now, None


def _end_of(child: _Child) -> str:
    code = child.process.returncode
    return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
