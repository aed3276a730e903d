"""AWS's error messages as users may read them."""

from __future__ import annotations

from typing import Any

from distui.aws.errors.access_errors import is_about_access
from distui.core.text.characters import escape_invisible

ACCESS_DENIED = (
    "AWS did not accept the target's credentials or their permissions. An administrator can read"
    " AWS's message."
)


def message_for(user: Any, code: str, message: str) -> str:
    """Return the message for staff; for others, a general sentence if it is about access."""
    return message if user.is_staff else author_message(code, message)


def author_message(code: str, message: str) -> str:
    """Return the message, or a general sentence if it may name roles or policies."""
    return ACCESS_DENIED if message and is_about_access(code, message) else message


def escape_lines(text: str) -> str:
    """Return the text as pages show it: control and bidirectional characters as code points."""
    return "\n".join(map(escape_invisible, text.split("\n")))
