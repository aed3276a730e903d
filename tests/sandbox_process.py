"""Start and stop the sandbox as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
# For processes that call the sandbox: it accepts any key and verifies no signature.
TOKEN = "the tests' token"
CONTROL = {"X-Sandbox-Token": TOKEN}  # headers of requests that plan faults or read the log
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "AKIATESTS", "AWS_SECRET_ACCESS_KEY": "not-checked"}


def start(
    state_path: Path, env: Mapping[str, str] | None = None
) -> tuple[str, subprocess.Popen[str]]:
    """Start a sandbox on a free port; return its URL and its process when it is ready.

    ``env`` is added to the environment. Raise RuntimeError if the process ends; the reason is on
    standard error.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "distui.sandbox"],
        cwd=ROOT,
        env=os.environ
        | {"SANDBOX_PORT": "0", "SANDBOX_STATE": str(state_path), "SANDBOX_TOKEN": TOKEN}
        | dict(env or {}),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        stop(process)
        raise RuntimeError("the sandbox ended during its start")
    return line.split()[-1], process


def stop(process: subprocess.Popen[str]) -> int:
    """Stop a sandbox with SIGTERM; return its exit code."""
    process.terminate()
    process.communicate()
    return process.returncode
