"""Caches of functions of a text, and values that can be shared because nobody can change them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
TextFunction = Callable[Concatenate[str, P], R]

_clear: list[Callable[[], None]] = []


def cached_by_text(
    *, maxsize: int, max_length: int
) -> Callable[[TextFunction[P, R]], TextFunction[P, R]]:
    """Cache the last ``maxsize`` results of a function whose first argument is a text.

    Texts of more than ``max_length`` characters are not cached. Callers share the results, which
    must therefore be immutable: ``freeze`` makes JSON values so.
    """

    def decorate(function: TextFunction[P, R]) -> TextFunction[P, R]:
        cached = lru_cache(maxsize=maxsize)(function)
        _clear.append(cached.cache_clear)

        @wraps(function)
        def call(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            return (cached if len(text) <= max_length else function)(text, *args, **kwargs)

        return call

    return decorate


def clear_caches() -> None:
    """Empty the caches of all functions."""
    for clear in _clear:
        clear()


def _refuse(self: Any, *args: Any, **kwargs: Any) -> NoReturn:
    raise TypeError("This value is shared: change a copy of it.")


class FrozenDict(dict[str, Any]):
    """A dict that can't be changed; copies of it can."""

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __copy__(self) -> dict[str, Any]:
        return dict(self)

    def __deepcopy__(self, memo: Any) -> dict[str, Any]:
        return {key: copy.deepcopy(value, memo) for key, value in self.items()}


class ParsedDict(FrozenDict):
    """A frozen dict together with its JSON text, so that it need not be written again."""

    text: str

    @classmethod
    def parse(cls, text: str) -> ParsedDict:
        """Return the JSON object in the text."""
        parsed = cls(freeze(json.loads(text)))
        parsed.text = text
        return parsed


def json_text(value: Any) -> str:
    """Return the value as JSON text."""
    return value.text if isinstance(value, ParsedDict) else json.dumps(value)


class FrozenList(list[Any]):
    """A list that can't be changed; copies of it can."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __copy__(self) -> list[Any]:
        return list(self)

    def __deepcopy__(self, memo: Any) -> list[Any]:
        return [copy.deepcopy(item, memo) for item in self]


def freeze(value: Any) -> Any:
    """Return the JSON value with all dicts and lists in it frozen."""
    if isinstance(value, dict):
        return FrozenDict((key, freeze(item)) for key, item in value.items())
    if isinstance(value, list):
        return FrozenList(map(freeze, value))
    return value
