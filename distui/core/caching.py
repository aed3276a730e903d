"""Remembered answers: an edit changes one Region, and what was made of the others stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
TextFunction = Callable[Concatenate[str, P], R]

_forget: list[Callable[[], None]] = []


def cached_by_text(
    *, answers: int, longest: int
) -> Callable[[TextFunction[P, R]], TextFunction[P, R]]:
    """Let a function of a text, and of more, remember its last ``answers``.

    Texts of more than ``longest`` characters are answered anew each time. Whoever asks again gets
    the same object: nobody changes it.
    """

    def remembering(function: TextFunction[P, R]) -> TextFunction[P, R]:
        kept = lru_cache(maxsize=answers)(function)
        _forget.append(kept.cache_clear)

        @wraps(function)
        def answer(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            ask = kept if len(text) <= longest else function
            return ask(text, *args, **kwargs)

        return answer

    return remembering


def clear_caches() -> None:
    """Forget all answers of all functions."""
    for empty in _forget:
        empty()
