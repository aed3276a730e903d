"""Starts and stops the sandbox as the process that people run, for tests of every room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
# For processes that call the sandbox: it takes any key, and verifies no signature.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "AKIATESTS", "AWS_SECRET_ACCESS_KEY": "not-checked"}


def start(
    state_path: Path, env: Mapping[str, str] | None = None
) -> tuple[str, subprocess.Popen[str]]:
    """Starts a sandbox on a free port; returns its URL and its process once it answers.

    `env` adds to the environment. Raises RuntimeError where the process ends instead; its reason
    is on standard error.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "distui.sandbox"],
        cwd=ROOT,
        env=os.environ | {"SANDBOX_PORT": "0", "SANDBOX_STATE": str(state_path)} | dict(env or {}),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        stop(process)
        raise RuntimeError("the sandbox ended instead of answering")
    return line.split()[-1], process


def stop(process: subprocess.Popen[str]) -> int:
    """Ends a sandbox by SIGTERM, where it still runs; returns its exit code."""
    process.terminate()
    process.communicate()
    return process.returncode
