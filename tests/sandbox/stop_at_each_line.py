"""Stop sandboxes at each line: ``python -m tests.sandbox.stop_at_each_line``.

Forks a sandbox for each of the first 40 lines that its main thread runs after its server has
started. It sends SIGTERM to itself before that line, or after 0.5 s if it waits earlier. Writes
their exit codes; one that does not end within 10 s is killed (-14).
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from distui.sandbox import __main__ as sandbox

_start = sandbox.SandboxServer.start


def main() -> None:
    """Run all of them at the same time."""
    with tempfile.TemporaryDirectory() as directory:
        pids = [fork(number, f"{directory}/{number}.json") for number in range(1, 41)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    sys.stdout.write(" ".join(map(str, codes)))


def fork(number: int, state: str) -> int:
    """Start a sandbox that is stopped at the given line; return its process ID."""
    if pid := os.fork():
        return pid
    os.environ["SANDBOX_STATE"] = state
    signal.alarm(10)
    with Path(os.devnull).open("w") as sys.stdout:
        os._exit(run(number))


def run(number: int) -> int:
    """Run a sandbox in this process; return its exit code."""

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal number
        number -= event == "line"
        if event == "line" and number == 0:
            os.kill(os.getpid(), signal.SIGTERM)
        return trace

    def start(server: sandbox.SandboxServer) -> None:
        _start(server)
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
        sys._getframe(1).f_trace = trace
        sys.settrace(trace)

    sandbox.SandboxServer._seed = lambda server: None
    sandbox.SandboxServer.start = start
    return sandbox.main()


if __name__ == "__main__":
    main()
