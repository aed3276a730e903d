"""The functions of Terraform whose results follow from the text, on JSON values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_VERB = re.compile("(?<!%)%[sdv]")
_MAX_TEXT = 10_000_000  # characters


def _concat(*lists: list[Any]) -> list[Any]:
    return [item for one in lists for item in one]


def _merge(*maps: dict[str, Any]) -> dict[str, Any]:
    return {key: value for one in maps for key, value in one.items()}


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


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "coalesce": _coalesce,
    "compact": lambda items: [item for item in items if item not in (None, "")],
    "concat": _concat,
    "contains": lambda items, value: value in items,
    "distinct": _distinct,
    "element": lambda items, index: items[int(index) % len(items)],
    "flatten": _flatten,
    "format": _format,
    "join": _join,
    "keys": lambda values: sorted(values),
    "length": len,
    "lookup": _lookup,
    "lower": lambda text: str(text).lower(),
    "merge": _merge,
    "tolist": list,
    "tomap": dict,
    "tonumber": int,
    "replace": _replace,
    "split": _split,
    "toset": lambda items: sorted(set(items)),
    "tostring": _text,
    "trimprefix": str.removeprefix,
    "trimsuffix": str.removesuffix,
    "trimspace": lambda text: str(text).strip(),
    "try": lambda *values: values[0],
    "upper": lambda text: str(text).upper(),
    "values": lambda values: [values[key] for key in sorted(values)],
}
