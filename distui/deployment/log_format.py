"""Log lines that no request can forge: text from outside can't start a line or move the cursor."""

from __future__ import annotations

import logging
import re

# Control characters, line separators, bidirectional controls, and surrogates, which standard error
# can't encode.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", re.ASCII
)
_INDENT = "    "


def escape(text: str) -> str:
    r"""Return the text with its control characters escaped, such as ``\n`` or ``\x1b``."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


class LineFormatter(logging.Formatter):
    """Formats each message as one line; the lines of a traceback after it are indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the line without control characters."""
        return escape(super().formatMessage(record))

    def formatException(self, ei: logging._SysExcInfoType) -> str:
        """Return the traceback, indented."""
        return _indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        """Return the stack, indented."""
        return _indented(stack_info)


class RejectedRequestFilter(logging.Filter):
    """Removes the tracebacks of requests that Django rejects, such as those of a foreign host."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        if record.name.startswith("django.security"):
            record.exc_info = None
        return True


def _indented(text: str) -> str:
    return "\n".join(_INDENT + escape(line) for line in text.split("\n"))
