"""Find the request member that an error message of AWS or botocore names."""

from __future__ import annotations

import re

from distui.core.pointers import pointer

_MEMBER = r"[A-Za-z]\w*(?:\[\d+\]|\.\w+)*"
# Order matters: a missing member is named after the structure that lacks it.
_PATTERNS = [
    re.compile(rf'parameter in (?P<parent>{_MEMBER}): "(?P<path>\w+)"', re.ASCII),
    re.compile(rf"parameter '(?P<path>{_MEMBER})'", re.ASCII),
    re.compile(rf"parameter (?P<path>{_MEMBER}), value:", re.ASCII),
    re.compile(r"\b(?P<path>distributions\[\d+\](?:\[\d+\]|\.\w+)*)", re.ASCII),
]
_TOKEN = re.compile(r"\w+", re.ASCII)
_ROOT = "input"  # botocore's name for the request itself


def pointer_from_message(message: str) -> str:
    """Return the JSON Pointer of the first member that the message names, or ``""``.

    ``The value supplied for parameter 'distributions[1].region' is not valid.`` gives
    ``/distributions/1/region``.
    """
    for pattern in _PATTERNS:
        if match := pattern.search(message):
            groups = match.groupdict()
            parent = groups.get("parent") or _ROOT
            parent_tokens = [] if parent == _ROOT else _TOKEN.findall(parent)
            return pointer([*parent_tokens, *_TOKEN.findall(groups["path"])])
    return ""
