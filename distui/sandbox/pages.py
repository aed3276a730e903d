"""Cuts a list into pages with opaque tokens, as the List operations of AWS do."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Key = tuple[str, ...]


def page(
    items: Sequence[Item], key: Callable[[Item], Key], size: int, token: str | None
) -> tuple[list[Item], str | None]:
    """The page of `items` after `token` and the token of the next page, None on the last.

    The items are sorted by `key`, so that a page holds its place while others come and go.
    Raises ValueError for a token that no page has given.
    """
    after = _key_in(token) if token is not None else ()
    rest = [item for item in items if key(item) > after]
    shown = list(rest[:size])
    return shown, _token_for(key(shown[-1])) if len(rest) > size else None


def _token_for(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _key_in(token: str) -> Key:
    try:
        parsed = json.loads(base64.b64decode(token, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, list) or not all(isinstance(part, str) for part in parsed):
        raise ValueError("not a token of a page")
    return tuple(parsed)
