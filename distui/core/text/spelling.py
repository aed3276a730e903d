"""Which known name was probably meant by another spelling or case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_TELLING = 4  # characters that are long enough to say which name was cut short


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names, whatever the case and the separators; ``""`` if none is.

    Where none is near, it is the only one that the name begins or ends: ``amiTags`` for ``tags``.
    """
    plain = {_plain(member): member for member in known}
    text = _plain(name)
    if close := get_close_matches(text, plain, n=1, cutoff=0.75):
        return plain[close[0]]
    longer = [plain[other] for other in plain if other.startswith(text) or other.endswith(text)]
    return longer[0] if len(longer) == 1 and len(text) >= _TELLING else ""


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
