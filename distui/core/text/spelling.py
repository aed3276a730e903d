"""Suggestions for misspelled names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_MIN_PART = 4  # characters of a part that identify the whole name


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the most similar known name, ignoring case and separators, or ``""``.

    If none is similar, it is the only one that starts or ends with the name: ``amiTags`` for
    ``tags``.
    """
    by_letters = {_letters(member): member for member in known}
    text = _letters(name)
    if close := get_close_matches(text, by_letters, n=1, cutoff=0.75):
        return by_letters[close[0]]
    longer = [other for other in by_letters if other.startswith(text) or other.endswith(text)]
    return by_letters[longer[0]] if len(longer) == 1 and len(text) >= _MIN_PART else ""


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
