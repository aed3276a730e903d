"""Run distui as `make run` does, with its own ports and data."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.sandbox_process import TOKEN

ROOT = Path(__file__).parent.parent
USER, PASSWORD = "admin", "a password for the tests"
# Variables of the person who runs the tests that must not affect the tests.
CLEARED_PREFIXES = ("AWS_", "DISTUI_", "DATABASE_URL", "DJANGO_", "PORT", "SANDBOX_", "SECRET_KEY")


class Product:
    """A running distui whose data survives a restart."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.ports = {"PORT": free_port(), "SANDBOX_PORT": free_port()}
        self.extra: dict[str, str] = {}  # more environment variables
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Return the site's URL."""
        return f"http://127.0.0.1:{self.ports['PORT']}"

    @property
    def sandbox_url(self) -> str:
        """Return the sandbox's URL."""
        return f"http://127.0.0.1:{self.ports['SANDBOX_PORT']}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of its processes."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(CLEARED_PREFIXES)
        }
        own = {
            "DISTUI_VAR": str(self.var),
            "SANDBOX_TOKEN": TOKEN,
            "DJANGO_SUPERUSER_USERNAME": USER,
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        return inherited | self.ports | own | self.extra

    def start(self) -> str:
        """Start it; return the three lines that it prints when it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "distui.run"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline() for _ in range(3)]
        assert lines[0].startswith("distui is running at"), lines
        return "".join(lines)

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send it a signal; return its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def restart(self) -> None:
        """Stop it and start it again."""
        self.stop()
        self.start()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a management command with its environment."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def aws(self, *arguments: str, region: str = "eu-west-1") -> subprocess.CompletedProcess[str]:
        """Run the AWS CLI against its sandbox."""
        keys = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
        command = [str(Path(sys.executable).parent / "aws"), "--region", region, *arguments]
        return subprocess.run(
            [*command, "--endpoint-url", self.sandbox_url],
            env=self.environment | keys | {"AWS_CONFIG_FILE": os.devnull, "AWS_PAGER": ""},
            capture_output=True,
            text=True,
            check=False,
        )


def free_port() -> str:
    """Return a port that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
