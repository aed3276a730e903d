"""A PostgreSQL server and a small disk, which hold the database and can fail."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from django.db import Error, connection

from tests.sandbox_process import ROOT


class PostgresqlServer:
    """A server of its own, whose files are in the folder."""

    def __init__(self, folder: Path) -> None:
        command = ["tests/with-postgres", "sh", "-c", 'echo "$DATABASE_URL"; cat']
        env = os.environ | {"TMPDIR": str(folder)}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._script = subprocess.Popen(command, cwd=ROOT, env=env, text=True, **pipes)
        assert self._script.stdout
        self.url = self._script.stdout.readline().strip()
        self.user, _, host = urlsplit(self.url).netloc.partition("@")
        self.host = unquote(host)
        self._data = f"{self.host}/data"
        self._started: list[subprocess.Popen] = []
        self._program = str(Path(f"/proc/{self._pid}/exe").readlink())

    @property
    def _pid(self) -> int:
        return int(Path(self._data, "postmaster.pid").read_text().split()[0])

    def stop(self) -> None:
        """Stop it as ``pg_ctl stop -m immediate`` does, unless it has stopped by itself."""
        with suppress(FileNotFoundError, ProcessLookupError):
            pid = self._pid
            os.kill(pid, signal.SIGQUIT)
            while Path(f"/proc/{pid}").exists():
                time.sleep(0.02)

    def start(self) -> None:
        """Start it again, and wait until it answers."""
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        options = ["-D", self._data, "-k", self.host, "-c", "listen_addresses="]
        command = [*as_postgres, self._program, *options]
        self._started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        deadline = time.monotonic() + 60
        while True:
            try:
                return psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                assert time.monotonic() < deadline
                time.sleep(0.1)

    def end(self) -> None:
        """Stop it and delete its files."""
        self._script.communicate()
        for process in self._started:
            process.wait()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a file system of that size at the folder, which only root can."""
    folder.mkdir(mode=0o755)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()


def fill(disk: Path) -> None:
    """Fill the disk, so that the database has no room for another transaction."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    if connection.vendor == "postgresql":  # it has room in the current segment of its log
        with suppress(Error), connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT pg_logical_emit_message(true, 'x', repeat('x', 1000000))")
        connection.close()
