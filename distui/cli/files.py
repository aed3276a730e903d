"""Files that commands read, and streams that they write to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

STANDARD_INPUT = "-"


class Output(Protocol):
    """A stream to write to: a file's or Django's."""

    def write(self, text: str, /) -> object:
        """Write the text."""


def content_of(file: str) -> bytes:
    """Return the content of a file or of standard input. Raises ``OSError``."""
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def reason(error: Exception) -> str:
    """Return why a file can't be read."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
