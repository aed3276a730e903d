"""JSON Pointers (RFC 6901), which address one place in a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from distui.core.numbers import parse_number

Path = tuple[str | int, ...]

_MAX_CACHED = 500  # characters; the pointers of a request are shorter
_DISTRIBUTION = re.compile(r"/distributions/([0-9]{1,18})(?=/|\Z)", re.ASCII)
_MAX_REGION = len("/distributions/") + 18 + len("/")


def pointer(path: Iterable[str | int]) -> str:
    """Return the pointer of a path: ``/tags/a~1b`` for ``("tags", "a/b")``, ``""`` for ``()``."""
    tokens = [*map(str, path)]
    text = "/".join(["", *tokens])
    if "~" not in text and text.count("/") == len(tokens):  # nothing to escape
        return text
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in tokens)


def tokens(text: str) -> tuple[str, ...]:
    """Return the pointer's unescaped tokens.

    Raises ``ValueError`` unless the text is empty or starts with ``/``.
    """
    return (_tokens if len(text) <= _MAX_CACHED else _tokens.__wrapped__)(text)


@lru_cache(maxsize=4096)  # rules read every distribution at the same pointers
def _tokens(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    if not text.startswith("/"):
        raise ValueError(f"{text!r} is not a JSON Pointer")
    found = text[1:].split("/")
    if "~" in text:
        found = [token.replace("~1", "/").replace("~0", "~") for token in found]
    return tuple(found)


def resolve(document: Any, text: str) -> Any:
    """Return the value at the pointer. Raises ``LookupError`` if there is none."""
    value = document
    split = _tokens if len(text) <= _MAX_CACHED else _tokens.__wrapped__  # as tokens() does
    for token in split(text):
        try:
            value = value[token]
        except TypeError:  # not a dict
            if not isinstance(value, list):
                raise LookupError(text) from None
            value = value[_index(token)]
    return value


def value_at(document: Any, text: str, default: Any = "") -> Any:
    """Return the value at the pointer, or the default if there is none."""
    try:
        return resolve(document, text)
    except (LookupError, ValueError):
        return default


def items_at(document: Any, text: str) -> Iterator[tuple[str, Any]]:
    """Yield the pointer and the value of each item of the list at the pointer, if there is one."""
    for index, item in enumerate(value_at(document, text, ())):
        yield f"{text}/{index}", item


def region_index(text: str) -> int | None:
    """Return the index of the distribution that the pointer is in, or None if it is in none."""
    return _region_index(text[:_MAX_REGION])


@lru_cache(maxsize=4096)
def _region_index(start: str) -> int | None:
    found = _DISTRIBUTION.match(start)
    return int(found[1]) if found else None


def region_indices(texts: Iterable[str]) -> list[int | None]:
    """Return the index of each pointer's distribution, as ``region_index`` does."""
    return [_region_index(text[:_MAX_REGION]) for text in texts]


def _index(token: str) -> int:
    number = parse_number(token)
    if number is None:
        raise LookupError(token)
    return number
