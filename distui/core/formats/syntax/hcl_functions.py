"""The functions of Terraform whose results follow from the text, on JSON values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "coalesce": _coalesce,
    "compact": lambda items: [item for item in items if item not in (None, "")],
    "concat": _concat,
    "distinct": _distinct,
    "join": _join,
    "keys": lambda values: sorted(values),
    "length": len,
    "lookup": _lookup,
    "lower": lambda text: str(text).lower(),
    "merge": _merge,
    "tolist": list,
    "tomap": dict,
    "tonumber": int,
    "toset": lambda items: sorted(set(items)),
    "tostring": lambda value: str(value).lower() if isinstance(value, bool) else str(value),
    "trimspace": lambda text: str(text).strip(),
    "try": lambda *values: values[0],
    "upper": lambda text: str(text).upper(),
    "values": lambda values: [values[key] for key in sorted(values)],
}
