"""Files that commands read, and streams that they write to."""

from __future__ import annotations

import codecs
import errno
import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

STANDARD_INPUT = "-"
_MARKS = {  # UTF-32 first: its mark begins with that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF8: "utf-8",
}


class Output(Protocol):
    """A stream to write to: a file's or Django's."""

    def write(self, text: str, /) -> object:
        """Write the text."""


def content_of(file: str) -> bytes:
    """Return the content of a file or of standard input. Raises ``OSError``."""
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def replace_text(file: str, text: str, content: bytes) -> None:
    """Replace the content of a file by a text in the same encoding, as a whole or not at all.

    Mode and owner stay as they are. Raises ``OSError``.
    """
    path = Path(file).resolve()
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
        try:
            new.write(_encoded(text, content))
            new.close()
            shutil.copymode(path, new.name)
            with suppress(PermissionError):
                os.chown(new.name, path.stat().st_uid, path.stat().st_gid)
            Path(new.name).replace(path)
        except BaseException:
            Path(new.name).unlink()
            raise


def _encoded(text: str, content: bytes) -> bytes:
    """Return the text in the encoding of the content, with its byte order mark if it has one."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode(json.detect_encoding(content))


def reason(error: Exception) -> str:
    """Return why a file can't be read."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
