"""Strict JSON parsing: what other parsers silently accept is an error with its position."""

from __future__ import annotations

import json
import re
from math import isinf
from typing import Any

from distui.core.text.characters import quoted

MAX_DEPTH = 12  # a request has at most 6 levels
MAX_BYTES = 4_000_000
_MAX_DIGITS = 100  # enough for any message about the number; Python stops at 4,300
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")  # no database stores these
# A string without its closing quote matches to the end, which keeps the scan linear.
_TOKENS = re.compile(
    r"""(?P<text>"(?:[^"\\]+|\\.)*"?)(?P<key>\s*:)?"""
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<number>-?(?:NaN|Infinity|[0-9][0-9.eE+-]*))",
    re.DOTALL,
)


class ParseError(ValueError):
    """The text is not a valid document; the message says where and why."""


def parse(source: str | bytes, *, any_text: bool = False) -> Any:
    """Return the JSON value in a text or in UTF-8 bytes, with or without a byte order mark.

    Stricter than ``json.loads``: no duplicate keys, no ``NaN`` or ``Infinity``, at most 100 digits
    per number and 12 levels. NUL and lone surrogates are errors unless ``any_text`` leaves them to
    the rules. Raises ``ParseError``.
    """
    text = _decode(source)
    if not text.strip():
        raise ParseError("The document is empty.")
    _scan(text, any_text)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ParseError(
            f"Invalid JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}."
        ) from error


def _decode(source: str | bytes) -> str:
    if len(source) > MAX_BYTES:
        raise ParseError(f"The document exceeds the maximum size of {MAX_BYTES // 1_000_000} MB.")
    if isinstance(source, bytes) and (encoding := json.detect_encoding(source))[:5] != "utf-8":
        raise ParseError(f"The encoding is {encoding.upper()}. Save the file as UTF-8.")
    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(f"Byte {error.start} isn't UTF-8. Save the file as UTF-8.") from error
    return text.removeprefix("\ufeff")


def _scan(text: str, any_text: bool) -> None:
    """Raise ``ParseError`` for what ``json.loads`` accepts, or for nesting that would crash it."""
    names: list[set[str]] = []  # the keys of each open object; a list's set stays empty
    for token in _TOKENS.finditer(text):
        problem = ""
        if token["text"]:
            value = _unquote(token["text"])
            problem = "" if any_text else _check_characters(value)
            if token["key"] and names:
                problem = problem or _check_duplicate(value, names[-1])
        elif token["open"]:
            names.append(set())
            problem = f"More than {MAX_DEPTH} levels" if len(names) > MAX_DEPTH else ""
        elif token["close"]:
            names = names[:-1]
        else:
            problem = _check_number(token["number"])
        if problem:
            raise ParseError(f"{problem} at {_position(text, token.start())}.")


def _unquote(literal: str) -> str:
    if "\\" not in literal:
        return literal[1:-1]
    try:
        return str(json.loads(literal))
    except json.JSONDecodeError:
        return literal  # json.loads reports it with its position


def _check_characters(value: str) -> str:
    found = _NOT_STORABLE.search(value)
    return f"Invalid character U+{ord(found[0]):04X} in a string" if found else ""


def _check_duplicate(name: str, known: set[str]) -> str:
    if name in known:
        return f"Duplicate key {quoted(name)}"
    known.add(name)
    return ""


def _check_number(number: str) -> str:
    if number.lstrip("-") in ("NaN", "Infinity"):
        return f"{number} isn't a JSON number"
    if len(number) > _MAX_DIGITS:
        return f"Number {number[:12]}… with more than {_MAX_DIGITS} digits"
    try:
        return f"Number {number} is out of range" if isinf(float(number)) else ""
    except ValueError:
        return ""  # json.loads reports it with its position


def _position(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"
