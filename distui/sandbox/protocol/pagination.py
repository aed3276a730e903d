"""Split a list into pages with opaque tokens, as AWS's List operations do."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Key = tuple[str, ...]


def paginate(
    items: Sequence[Item], key: Callable[[Item], Key], size: int, token: str | None
) -> tuple[list[Item], str | None]:
    """Return the page after ``token`` and the token of the next page (None on the last page).

    ``items`` must be sorted by ``key``. A token holds the last key of a page, so that created and
    deleted items don't shift the next page. Raise ValueError for an invalid token.
    """
    after = _decode_token(token) if token is not None else ()
    rest = [item for item in items if key(item) > after]
    page = list(rest[:size])
    return page, _encode_token(key(page[-1])) if len(rest) > size else None


def _encode_token(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _decode_token(token: str) -> Key:
    try:
        parsed = json.loads(base64.b64decode(token, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, list) or not all(isinstance(part, str) for part in parsed):
        raise ValueError("not a pagination token")
    return tuple(parsed)
