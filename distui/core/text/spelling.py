"""Suggestions for misspelled names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_MIN_PART = 4  # characters of a part that identify the whole name
# Names in CloudFormation and Terraform of members that the API calls differently.
_OTHER_TOOLS = {
    "launchpermissionconfiguration": "launchPermission",
    "default": "setDefaultVersion",
}


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the most similar known name, ignoring case and separators, or ``""``.

    If none is similar, it is the only one that starts or ends with the name: ``amiTags`` for
    ``tags``.
    """
    by_letters = {letters(member): member for member in known}
    text = letters(name)
    if (other := _OTHER_TOOLS.get(text)) in by_letters.values():
        return str(other)
    if close := get_close_matches(text, by_letters, n=1, cutoff=0.75):
        return by_letters[close[0]]
    longer = [other for other in by_letters if other.startswith(text) or other.endswith(text)]
    return by_letters[longer[0]] if len(longer) == 1 and len(text) >= _MIN_PART else ""


def letters(name: str) -> str:
    """Return the name in lower case without separators: ``kmskeyid`` for ``KmsKeyId``."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
