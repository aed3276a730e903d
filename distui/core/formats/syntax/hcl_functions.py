"""The functions of Terraform whose results follow from the text, on JSON values and on nodes."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from distui.core.formats.syntax.nodes import Kind, Node, SetItems

_VERB = re.compile("(?<!%)%[sdv]")
_MAX_TEXT = 10_000_000  # characters
_MAX_ITEMS = 10_000  # of a computed list


def _concat(*lists: Node) -> tuple[Kind, Any]:
    return "list", [item for one in lists for item in _contents(one, "list")]


def _merge(*maps: Node) -> tuple[Kind, Any]:
    known = [one for one in maps if one.kind != "null"]
    return "mapping", {n: v for one in known for n, v in _contents(one, "mapping").items()}


def _contents(node: Node, kind: Kind) -> Any:
    if node.kind != kind:
        raise ValueError(node.value)
    return node.value


def _distinct(items: list[Any]) -> list[Any]:
    return [*dict.fromkeys(items)]


def _coalesce(*values: Any) -> Any:
    return [*filter(None, values)][0]  # noqa: RUF015 (LookupError without one)


def _lookup(values: dict[str, Any], key: str, *default: Any) -> Any:
    return values.get(key, default[0]) if default else values[key]


def _join(separator: str, items: list[Any]) -> str:
    if len(separator) * len(items) > _MAX_TEXT:
        raise ValueError("too long")
    return separator.join(map(str, items))


def _format(template: str, *values: Any) -> str:
    """Return the text with a value for each ``%s``, ``%d`` and ``%v``."""
    parts = _VERB.split(template)
    if len(parts) != len(values) + 1 or "%" in "".join(parts).replace("%%", ""):
        raise ValueError(template)
    texts = [*map(_text, values), ""]
    pairs = zip(parts, texts, strict=True)
    return "".join(part.replace("%%", "%") + text for part, text in pairs)


def _replace(text: str, old: str, new: str) -> str:
    is_pattern = len(old) > 1 and old.startswith("/") and old.endswith("/")
    if is_pattern or not old or text.count(old) * len(new) > _MAX_TEXT:
        raise ValueError(old)
    return text.replace(old, new)


def _split(separator: str, text: str) -> list[str]:
    return text.split(separator) if text else []


def _flatten(items: list[Any]) -> list[Any]:
    inner = (_flatten(item) if isinstance(item, list) else [item] for item in items)
    return [item for one in inner for item in one]


def _text(value: Any) -> str:
    if isinstance(value, dict | list) or value is None:
        raise TypeError("not a text")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _range(*limits: Any) -> list[int]:
    numbers = range(*map(int, limits))
    if len(numbers) > _MAX_ITEMS:
        raise ValueError("too long")
    return [*numbers]


def _one(items: list[Any]) -> Any:
    if len(items) > 1:
        raise ValueError("more than one item")
    return items[0] if items else None


def _product(*lists: list[Any]) -> list[list[Any]]:
    if math.prod(map(len, lists)) > _MAX_ITEMS:
        raise ValueError("too long")
    return [[*items] for items in itertools.product(*lists)]


def _to_number(value: Any) -> int | float:
    """Return a number, whole if it can be. Raises ``ValueError``."""
    found = float(value)
    return int(found) if found.is_integer() else found


def _number(compute: Callable[..., float]) -> Callable[..., float]:
    """Return a function of numbers that takes texts; its results are whole if they can be."""

    def of_texts(*values: Any) -> float:
        found = float(compute(*map(float, values)))
        return int(found) if found.is_integer() else found

    return of_texts


NODE_FUNCTIONS: Mapping[str, Callable[..., tuple[Kind, Any]]] = {
    "concat": _concat,
    "merge": _merge,
}

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": _number(abs),
    "ceil": _number(math.ceil),
    "chomp": lambda text: text.rstrip("\r\n"),
    "coalesce": _coalesce,
    "coalescelist": _coalesce,
    "compact": lambda items: [item for item in items if item not in (None, "")],
    "contains": lambda items, value: value in items,
    "distinct": _distinct,
    "element": lambda items, index: items[int(index) % len(items)],
    "endswith": str.endswith,
    "flatten": _flatten,
    "floor": _number(math.floor),
    "format": _format,
    "formatlist": lambda template, items: [_format(template, item) for item in items],
    "index": lambda items, value: items.index(value),
    "jsondecode": json.loads,
    "join": _join,
    "keys": lambda values: sorted(values),
    "length": len,
    "lookup": _lookup,
    "lower": lambda text: str(text).lower(),
    "max": _number(max),
    "min": _number(min),
    "one": _one,
    "range": _range,
    "reverse": lambda items: items[::-1],
    "setproduct": _product,
    "setunion": lambda *sets: SetItems(sorted({item for one in sets for item in one})),
    "slice": lambda items, start, end: items[int(start) : int(end)],
    "sort": sorted,
    "startswith": str.startswith,
    "strcontains": lambda text, part: part in text,
    "substr": lambda text, start, length: text[int(start) :][: int(length)],
    "title": lambda text: re.sub(r"\b\w", lambda found: found[0].upper(), text),
    "tobool": lambda value: {"true": True, "false": False}[str(value).lower()],
    "tolist": list,
    "tomap": dict,
    "tonumber": int,
    "replace": _replace,
    "split": _split,
    "toset": lambda items: SetItems(sorted(set(items))),
    "tostring": _text,
    "trimprefix": str.removeprefix,
    "trimsuffix": str.removesuffix,
    "trimspace": lambda text: str(text).strip(),
    "upper": lambda text: str(text).upper(),
    "values": lambda values: [values[key] for key in sorted(values)],
    "zipmap": lambda keys, values: dict(zip(keys, values, strict=True)),
}

OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: _to_number(a) + _to_number(b),
    "-": lambda a, b: _to_number(a) - _to_number(b),
    "*": lambda a, b: _to_number(a) * _to_number(b),
    "/": lambda a, b: _to_number(_to_number(a) / _to_number(b)),
    "%": lambda a, b: _to_number(a) % _to_number(b),
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: float(a) > float(b),
    "<": lambda a, b: float(a) < float(b),
    ">=": lambda a, b: float(a) >= float(b),
    "<=": lambda a, b: float(a) <= float(b),
    "&&": lambda a, b: a and b,
    "||": lambda a, b: a or b,
}
