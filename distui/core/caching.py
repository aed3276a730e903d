"""Caches of functions of a text, and values that can be shared because they are immutable."""

from __future__ import annotations

import copy
import json
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
TextFunction = Callable[Concatenate[str, P], R]

_NESTED = (dict, list)
_UNWEIGHED = 10_000_000  # characters
cached_functions: list[Callable[..., Any]] = []  # all that ``cached_by_text`` has decorated


def cached_by_text(
    *, maxsize: int, max_length: int, max_total: int = 0
) -> Callable[[TextFunction[P, R]], TextFunction[P, R]]:
    """Cache the last ``maxsize`` results of a function whose first argument is a text.

    Texts of more than ``max_length`` characters are not cached, and no more results than those of
    ``max_total`` characters are kept; a result that is a text counts too. ``max_total`` may be
    left out where sizes alone keep the texts below ``_UNWEIGHED``. Callers share the results,
    which must therefore be immutable: ``freeze`` makes JSON values so.
    """
    if not max_total and maxsize * max_length > _UNWEIGHED:
        raise ValueError("A cache of that many characters needs max_total.")

    def decorate(function: TextFunction[P, R]) -> TextFunction[P, R]:
        make = lru_cache(maxsize) if not max_total else _weighed(maxsize, max_total)
        cached: Any = make(function)

        @wraps(function)
        def call(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            found: R = (cached if len(text) <= max_length else function)(text, *args, **kwargs)
            return found

        call.cache_clear = cached.cache_clear  # type: ignore[attr-defined]
        cached_functions.append(call)
        return call

    return decorate


class _weighed:
    """Caches like ``lru_cache``, and keeps at most the results of ``max_total`` characters."""

    def __init__(self, maxsize: int, max_total: int) -> None:
        self._maxsize, self._max_total = maxsize, max_total
        self._results: OrderedDict[Any, tuple[Any, int]] = OrderedDict()
        self._total, self._lock = 0, Lock()

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(text: str, *args: Any, **kwargs: Any) -> Any:
            key = (text, args, *kwargs.items()) if kwargs else (text, args)
            with self._lock:
                if found := self._results.get(key):
                    self._results.move_to_end(key)
                    return found[0]
            result = function(text, *args, **kwargs)
            self._keep(key, result, len(text) + (len(result) if isinstance(result, str) else 0))
            return result

        call.cache_clear = self._clear  # type: ignore[attr-defined]
        return call

    def _keep(self, key: Any, result: Any, weight: int) -> None:
        with self._lock:
            if key in self._results or weight > self._max_total:
                return
            self._results[key] = result, weight
            self._total += weight
            while len(self._results) > self._maxsize or self._total > self._max_total:
                self._total -= self._results.popitem(last=False)[1][1]

    def _clear(self) -> None:
        with self._lock:
            self._results.clear()
            self._total = 0


def clear_caches() -> None:
    """Empty the caches of all functions."""
    for function in cached_functions:
        function.cache_clear()  # type: ignore[attr-defined]


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
    if isinstance(value, dict) and not isinstance(value, FrozenDict):
        items = value.items()
        return FrozenDict({key: freeze(v) if type(v) in _NESTED else v for key, v in items})
    if isinstance(value, list) and not isinstance(value, FrozenList):
        if {*map(type, value)} == {str}:
            return FrozenList(value)
        return FrozenList([freeze(item) if type(item) in _NESTED else item for item in value])
    return value
