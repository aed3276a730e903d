"""JSON Pointers (RFC 6901): the one way to say where in a document something stands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

Path = tuple[str | int, ...]


def pointer(path: Iterable[str | int]) -> str:
    """``("tags", "a/b")`` becomes ``"/tags/a~1b"``; the whole document is ``""``."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)


def tokens(text: str) -> tuple[str, ...]:
    """The pointer's unescaped tokens. ``ValueError`` unless it is empty or begins with ``/``."""
    if not text:
        return ()
    if not text.startswith("/"):
        raise ValueError(f"{text!r} is no JSON Pointer")
    return tuple(t.replace("~1", "/").replace("~0", "~") for t in text[1:].split("/"))


def resolve(document: Any, text: str) -> Any:
    """The value at the pointer. ``LookupError`` where nothing stands there."""
    value = document
    for token in tokens(text):
        if isinstance(value, list):
            value = value[_index(token)]
        elif isinstance(value, dict):
            value = value[token]
        else:
            raise LookupError(text)
    return value


@lru_cache(maxsize=16_384)
def region_index(text: str) -> int | None:
    """Return the index of the distribution that the pointer leads into, None outside of them."""
    head, *rest = text.split("/")[1:] or ("",)
    inside = head == "distributions" and rest and rest[0].isascii() and rest[0].isdigit()
    return int(rest[0]) if inside and len(rest[0]) < 6 else None


def value_at(document: Any, text: str) -> Any:
    """Return the value at the pointer, None if nothing stands there."""
    try:
        return resolve(document, text)
    except (LookupError, ValueError):
        return None


def _index(token: str) -> int:
    if not (token.isascii() and token.isdigit() and len(token) <= 9):
        raise LookupError(token)
    return int(token)
