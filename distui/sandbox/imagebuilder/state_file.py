"""The sandbox's Image Builder state in one JSON file that is written atomically."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "distui-sandbox/1"


class StateFileError(Exception):
    """The state file can't be read or written; the message is for the user."""


@dataclass(frozen=True)
class UsedToken:
    """A used client token: the digest of its request and the ARN in the response."""

    digest: str
    arn: str


@dataclass
class SandboxState:
    """Configurations by ARN, as Get returns them, and used client tokens.

    Values are replaced, never changed in place.
    """

    configurations: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, UsedToken] = field(default_factory=dict)

    def copy(self) -> SandboxState:
        """Return a shallow copy."""
        return SandboxState(dict(self.configurations), dict(self.tokens))


class StateFile:
    """A state file; several sandbox processes can share it and show the same account."""

    def __init__(self, path: Path) -> None:
        """Read the file if it exists; raise StateFileError if it is invalid or not writable."""
        self._path = path
        self._lock = threading.Lock()
        self._version: tuple[int, int] | None = None  # inode and mtime
        self._state = SandboxState()
        with self._lock, self._file_lock():
            self._refresh()

    @property
    def is_new(self) -> bool:
        """Return True if the file does not exist yet."""
        return self._version is None

    def read(self) -> SandboxState:
        """Return the current state, which must not be changed."""
        with self._lock:
            self._refresh()
            return self._state

    @contextmanager
    def change(self) -> Iterator[SandboxState]:
        """Yield a copy of the state to change; write it when the block ends.

        Nothing changes if the block raises. Raise StateFileError if writing fails.
        """
        with self._lock, self._file_lock():
            self._refresh()
            changed = self._state.copy()
            yield changed
            if changed != self._state:
                self._write(changed)

    @contextmanager
    def _file_lock(self) -> Iterator[None]:
        # A separate lock file, because writing replaces the state file.
        with self._convert_errors("written"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock = self._path.with_name(self._path.name + ".lock").open("w")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _refresh(self) -> None:
        with self._convert_errors("read"):
            if not self._path.exists():
                return
            status = self._path.stat()
            if self._version == (status.st_ino, status.st_mtime_ns):
                return
            self._state = _parse(self._path.read_bytes())
            self._version = (status.st_ino, status.st_mtime_ns)

    def _write(self, state: SandboxState) -> None:
        partial = self._path.with_name(f"{self._path.name}.{os.getpid()}.partial")
        with self._convert_errors("written"):
            with partial.open("w", encoding="utf-8") as file:
                file.write(_serialize(state))
                file.flush()
                os.fsync(file.fileno())
            status = partial.stat()
            partial.replace(self._path)
            _sync_directory(self._path.parent)
        self._state, self._version = state, (status.st_ino, status.st_mtime_ns)

    @contextmanager
    def _convert_errors(self, verb: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise StateFileError(f"{self._path} can't be {verb}: {reason}.") from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise StateFileError(
                f"{self._path} is not a valid sandbox state file ({error}). It was not changed. "
                "Move it, or set SANDBOX_STATE to another file."
            ) from error


def _parse(raw: bytes) -> SandboxState:
    content = json.loads(raw)
    if content["format"] != FORMAT:
        raise ValueError(f"the format is {content['format']!r}, not {FORMAT!r}")
    configurations = {arn: dict(value) for arn, value in content["configurations"].items()}
    tokens = {key: UsedToken(**used) for key, used in content["tokens"].items()}
    return SandboxState(configurations, tokens)


def _serialize(state: SandboxState) -> str:
    tokens = {key: asdict(used) for key, used in state.tokens.items()}
    return json.dumps({"format": FORMAT, "configurations": state.configurations, "tokens": tokens})


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
