"""Caches for functions of a text: after an edit, unchanged Regions are not computed again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
TextFunction = Callable[Concatenate[str, P], R]

_clear_functions: list[Callable[[], None]] = []


def cached_by_text(
    *, maxsize: int, max_length: int
) -> Callable[[TextFunction[P, R]], TextFunction[P, R]]:
    """Cache the last ``maxsize`` results of a function whose first argument is a text.

    Texts of more than ``max_length`` characters are not cached. Callers share the cached object
    and must not change it.
    """

    def decorator(function: TextFunction[P, R]) -> TextFunction[P, R]:
        cached = lru_cache(maxsize=maxsize)(function)
        _clear_functions.append(cached.cache_clear)

        @wraps(function)
        def wrapper(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            chosen = cached if len(text) <= max_length else function
            return chosen(text, *args, **kwargs)

        return wrapper

    return decorator


def clear_caches() -> None:
    """Empty the caches of all functions."""
    for clear in _clear_functions:
        clear()
