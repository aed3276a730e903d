"""Removes the secrets that this process knows from texts that leave it, such as log lines."""

from __future__ import annotations

import os
import re
from functools import cache
from urllib.parse import unquote, urlsplit

_AWS_SECRETS = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_MIN_LENGTH = 6  # shorter ones would also remove words that aren't secret
_REDACTED = "[secret]"

_secrets: set[str] = set()


def remember_secret(secret: str) -> None:
    """Redact the secret from now on; of a URL, the whole and its password."""
    password = urlsplit(secret).password if "://" in secret else None
    for part in (secret, password, unquote(password or "")):
        if part and len(part) >= _MIN_LENGTH:
            _secrets.add(part)
    _pattern.cache_clear()


def redact(text: str) -> str:
    """Return the text without the secrets."""
    pattern = _pattern()
    return pattern.sub(_REDACTED, text) if pattern else text


@cache
def _pattern() -> re.Pattern[str] | None:
    known = _secrets | {os.environ[name] for name in _AWS_SECRETS if os.environ.get(name)}
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if known else None
