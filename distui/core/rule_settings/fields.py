"""Reading of settings: each field has a type, and a name that isn't known is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

Reader = Callable[[Any, str], Any]  # a value and its place in the file


class SettingsError(ValueError):
    """A setting has a name or a value that it can't have; the message says where."""


def read_fields(table: Any, place: str, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """Return the table's fields as their readers return them. Raises ``SettingsError``."""
    if not isinstance(table, Mapping):
        raise SettingsError(f"{place or 'The file'} must be a table.")
    prefix = f"{place}." if place else ""
    unknown = [name for name in table if name not in readers]
    if unknown:
        raise SettingsError(f"{prefix}{unknown[0]} isn't a known setting.")
    return {name: readers[name](value, f"{prefix}{name}") for name, value in table.items()}


def text(value: Any, place: str) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise SettingsError(f"{place} must be a string.")
    return value


def flag(value: Any, place: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise SettingsError(f"{place} must be true or false.")
    return value


def number(value: Any, place: str) -> int:
    """Return a number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SettingsError(f"{place} must be 0 or more.")
    return value


def names(value: Any, place: str) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SettingsError(f"{place} must be a list of strings.")
    return tuple(value)


def pattern(value: Any, place: str) -> re.Pattern[str]:
    """Return a regular expression."""
    try:
        return re.compile(text(value, place))
    except re.error as error:
        raise SettingsError(f"{place} isn't a regular expression: {error}.") from error


def patterns(value: Any, place: str) -> dict[str, re.Pattern[str]]:
    """Return a regular expression for each name."""
    if not isinstance(value, Mapping):
        raise SettingsError(f"{place} must be a table.")
    return {name: pattern(item, f"{place}.{name}") for name, item in value.items()}


def dates(value: Any, place: str) -> date:
    """Return a date, written without quotes."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise SettingsError(f"{place} must be a date such as 2027-01-31.")
    return value


def one_of(*choices: str) -> Reader:
    """Return the reader of one of these texts."""

    def choose(value: Any, place: str) -> str:
        if value not in choices:
            raise SettingsError(f"{place} must be {', '.join(choices[:-1])} or {choices[-1]}.")
        return str(value)

    return choose
