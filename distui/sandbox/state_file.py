"""What Image Builder holds, kept in one JSON file that is whole at every moment."""

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
    """The state file can't be read or written; the message is a sentence for a person."""


@dataclass(frozen=True)
class UsedToken:
    """A client token that has had its effect: the digest of its request, and the ARN answered."""

    digest: str
    arn: str


@dataclass
class State:
    """Configurations by ARN, each as Get answers it, and the client tokens used so far.

    The values are never changed in place, only replaced.
    """

    configurations: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, UsedToken] = field(default_factory=dict)

    def copy(self) -> State:
        """Another state with the same entries."""
        return State(dict(self.configurations), dict(self.tokens))


class StateFile:
    """The file at a path, which several sandboxes may share: one account seen by all of them."""

    def __init__(self, path: Path) -> None:
        """Reads the file, if there is one; raises StateFileError where it isn't ours or broken."""
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._state = State()
        with self._lock:
            self._refresh()

    @property
    def is_new(self) -> bool:
        """Whether nothing has been written yet."""
        return self._seen is None

    def read(self) -> State:
        """The state as it is now, not to be changed."""
        with self._lock:
            self._refresh()
            return self._state

    @contextmanager
    def change(self) -> Iterator[State]:
        """A copy of the state to change, on disk and in force once the block has ended.

        Nothing changes where the block raises. Raises StateFileError where writing fails.
        """
        with self._lock, self._alone():
            self._refresh()
            draft = self._state.copy()
            yield draft
            if draft != self._state:
                self._write(draft)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # The lock is on a file beside it, because writing replaces the file itself.
        with self._failures_told("written"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock = self._path.with_name(self._path.name + ".lock").open("w")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _refresh(self) -> None:
        with self._failures_told("read"):
            if not self._path.exists():
                return
            status = self._path.stat()
            if self._seen == (status.st_ino, status.st_mtime_ns):
                return
            self._state = _parsed(self._path.read_bytes())
            self._seen = (status.st_ino, status.st_mtime_ns)

    def _write(self, state: State) -> None:
        partial = self._path.with_name(f"{self._path.name}.{os.getpid()}.partial")
        with self._failures_told("written"):
            with partial.open("w", encoding="utf-8") as file:
                file.write(_written(state))
                file.flush()
                os.fsync(file.fileno())
            status = partial.stat()
            partial.replace(self._path)
            _sync_directory(self._path.parent)
        self._state, self._seen = state, (status.st_ino, status.st_mtime_ns)

    @contextmanager
    def _failures_told(self, done: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise StateFileError(f"{self._path} can't be {done}: {reason}.") from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise StateFileError(
                f"{self._path} is not a state file of this sandbox ({error}). Nothing was changed "
                "in it: move it away, or point SANDBOX_STATE at another file."
            ) from error


def _parsed(raw: bytes) -> State:
    content = json.loads(raw)
    if content["format"] != FORMAT:
        raise ValueError(f"its format is {content['format']!r}, not {FORMAT!r}")
    configurations = {arn: dict(kept) for arn, kept in content["configurations"].items()}
    tokens = {key: UsedToken(**used) for key, used in content["tokens"].items()}
    return State(configurations, tokens)


def _written(state: State) -> str:
    tokens = {key: asdict(used) for key, used in state.tokens.items()}
    return json.dumps({"format": FORMAT, "configurations": state.configurations, "tokens": tokens})


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
