"""Log lines that no request can forge: text from outside can't start a line or move the cursor.

They contain no secret that this process knows.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import MutableMapping
from typing import Any

from structlog import contextvars, processors, stdlib

from distui.deployment.logs.redaction import redact

# Control characters, line separators, bidirectional controls, and surrogates, which standard error
# can't encode.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", re.ASCII
)
_INDENT = "    "


def escape(text: str) -> str:
    r"""Return the text with its control characters escaped, such as ``\n`` or ``\x1b``."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


class LineFormatter(logging.Formatter):
    """Formats each message as one line; the lines of a traceback after it are indented."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the message and its traceback without secrets."""
        return redact(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the line without control characters."""
        return escape(super().formatMessage(record))

    def formatException(self, ei: logging._SysExcInfoType) -> str:
        """Return the traceback, indented."""
        return _indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        """Return the stack, indented."""
        return _indented(stack_info)


def json_formatter() -> logging.Formatter:
    """Return a formatter that makes one JSON object of each message and of what is bound to it.

    ``structlog.contextvars`` binds the request, the person, the submission and the target.
    """
    return stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            contextvars.merge_contextvars,
            stdlib.ExtraAdder(),
            stdlib.add_logger_name,
            stdlib.add_log_level,
            processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            stdlib.ProcessorFormatter.remove_processors_meta,
            _without_objects,
            processors.format_exc_info,
            processors.EventRenamer("message"),
            processors.JSONRenderer(serializer=_json),
        ],
    )


def _without_objects(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep texts and numbers: Django, for example, attaches its whole request to messages."""
    return {
        name: value
        for name, value in event.items()
        if name == "exc_info" or isinstance(value, str | int | float | bool)
    }


def _json(event: dict[str, Any], **_: Any) -> str:
    clean = {
        name: redact(value) if isinstance(value, str) else value for name, value in event.items()
    }
    return json.dumps(clean).replace("\x7f", "\\u007f")  # JSON escapes the other control characters


class RejectedRequestFilter(logging.Filter):
    """Removes the tracebacks of requests that Django rejects, such as those of a foreign host."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        if record.name.startswith("django.security"):
            record.exc_info = None
        return True


def _indented(text: str) -> str:
    return "\n".join(_INDENT + escape(line) for line in text.split("\n"))
