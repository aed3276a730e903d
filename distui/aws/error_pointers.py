"""Which member of the request an error message of AWS, or of botocore, speaks of."""

from __future__ import annotations

import re

from distui.core.pointers import pointer

_MEMBER = r"[A-Za-z]\w*(?:\[\d+\]|\.\w+)*"
# Tried in this order: a missing member stands behind the structure that lacks it.
_PHRASES = [
    re.compile(rf'parameter in (?P<within>{_MEMBER}): "(?P<path>\w+)"', re.ASCII),
    re.compile(rf"parameter '(?P<path>{_MEMBER})'", re.ASCII),
    re.compile(rf"parameter (?P<path>{_MEMBER}), value:", re.ASCII),
    re.compile(r"\b(?P<path>distributions\[\d+\](?:\[\d+\]|\.\w+)*)", re.ASCII),
]
_TOKEN = re.compile(r"\w+", re.ASCII)
# How botocore calls the request itself.
_WHOLE = "input"


def named_pointer(message: str) -> str:
    """The JSON Pointer of the first member that the message names; ``""`` where it names none.

    ``The value supplied for parameter 'distributions[1].region' is not valid.`` gives
    ``/distributions/1/region``.
    """
    for phrase in _PHRASES:
        if found := phrase.search(message):
            parts = found.groupdict()
            within = parts.get("within") or _WHOLE
            before = [] if within == _WHOLE else _TOKEN.findall(within)
            return pointer([*before, *_TOKEN.findall(parts["path"])])
    return ""
