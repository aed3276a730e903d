"""Killer processes and the workers that they fork."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import deque
from typing import Any

from tests.sandbox_process import CREDENTIALS, ROOT
from tests.submissions.kills.fake_aws import FakeAws

# A worker, which sends eight at once, dies at a random moment after one of the next requests.
MOST_REQUESTS = 12
LONGEST_PAUSE = 0.03  # seconds
IDLE = {"celery": 3.0}  # seconds for the requests; else one
WORKERS = {"celery": 2}  # while one is killed, another starts, which takes Celery's a moment


class Killing:
    """A killer process of a protocol, and the account to which its workers send."""

    def __init__(self, aws: FakeAws, database_url: str, var: str, protocol: str) -> None:
        own = {
            "DATABASE_URL": database_url,
            "DISTUI_SANDBOX_URL": aws.url,
            "DISTUI_VAR": var,
            "DISTUI_BROKER_URL": f"redis+socket://{var}/redis.sock",
        }
        if protocol in ("celery", "embedded"):
            own["DISTUI_ENGINE"] = protocol
        self.aws, self._idle = aws, IDLE.get(protocol, 1.0)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.submissions.kills.killer", protocol],
            cwd=ROOT,
            env=os.environ | own | CREDENTIALS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def start(self, task: str = "work", **options: Any) -> int:
        """Fork a process for a task of the killer. Return its process ID."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"task": task} | options) + "\n")
        self._process.stdin.flush()
        return int(self._read())

    def wait(self) -> None:
        """Wait until the process has ended."""
        assert self._read() == "gone\n"

    def run(self, task: str, **options: Any) -> None:
        """Run a process that ends by itself, or by its own SIGKILL."""
        self.start(task, **options)
        self.wait()

    def kill(self, pid: int) -> None:
        """Kill the process."""
        os.kill(pid, signal.SIGKILL)
        self.wait()

    def kill_at_random(self, pid: int, numbers: random.Random) -> None:
        """Let the worker work, and kill it at a random moment."""
        last = self.aws.requests + numbers.randrange(MOST_REQUESTS)
        give_up_at = time.monotonic() + self._idle
        while self.aws.requests < last and time.monotonic() < give_up_at:
            time.sleep(0.001)
        time.sleep(numbers.uniform(0, LONGEST_PAUSE))
        self.kill(pid)

    def stop(self) -> None:
        """End the killer."""
        self._process.communicate()

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


class Fleet:
    """Workers of a protocol, each with a killer of its own."""

    def __init__(self, aws: FakeAws, database_url: str, var: str, protocol: str) -> None:
        count = WORKERS.get(protocol, 1)
        self._killers = [Killing(aws, database_url, var, protocol) for _ in range(count)]
        self._workers: deque[tuple[Killing, int]] = deque()

    def kill_one(self, numbers: random.Random) -> None:
        """Start workers as far as some are missing, and kill the oldest at a random moment."""
        busy = {killing for killing, _ in self._workers}
        self._workers += [
            (killing, killing.start()) for killing in self._killers if killing not in busy
        ]
        killing, pid = self._workers.popleft()
        killing.kill_at_random(pid, numbers)

    def settle(self) -> None:
        """Kill the others, and let one worker finish everything."""
        for killing, pid in self._workers:
            killing.kill(pid)
        self._killers[0].run("settle")
        for killing in self._killers:
            killing.stop()
