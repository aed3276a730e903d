"""JSON read strictly: what other readers would take in silence is refused, with its place."""

from __future__ import annotations

import json
import re
from math import isinf
from typing import Any

from distui.core.text.characters import quoted

MAX_DEPTH = 12  # the request's own depth is 6
MAX_BYTES = 4_000_000
_MAX_DIGITS = 100  # enough to say of any number that it is too large; Python stops at 4,300
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")
# A text without its closing quote is taken to the end, which keeps the scan linear.
_TOKENS = re.compile(
    r"""(?P<text>"(?:[^"\\]+|\\.)*"?)(?P<key>\s*:)?"""
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<number>-?(?:NaN|Infinity|[0-9][0-9.eE+-]*))",
    re.DOTALL,
)


class ParseError(ValueError):
    """The text is no document; the message says where and why, for a person."""


def parse(source: str | bytes, *, any_text: bool = False) -> Any:
    """The JSON value in a text or in UTF-8 bytes (a byte order mark is tolerated).

    Stricter than ``json.loads``: a name may stand once in an object, there is no ``NaN`` or
    ``Infinity``, no number beyond 100 digits, at most 12 levels, and no NUL or lone surrogate,
    which no database keeps, unless ``any_text`` lets them through to the rules. Raises
    ``ParseError``.
    """
    text = _decoded(source)
    if not text.strip():
        raise ParseError("There is nothing in it.")
    _scan(text, any_text)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ParseError(
            f"This is not JSON: {error.msg.lower()} in line {error.lineno}, column {error.colno}."
        ) from error


def _decoded(source: str | bytes) -> str:
    if len(source) > MAX_BYTES:
        raise ParseError(f"This is larger than {MAX_BYTES // 1_000_000} MB.")
    if isinstance(source, bytes) and (encoding := json.detect_encoding(source))[:5] != "utf-8":
        raise ParseError(f"This is {encoding.upper()}, not UTF-8. Save the file as UTF-8.")
    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(f"Byte {error.start} is not UTF-8. Save the file as UTF-8.") from error
    return text.removeprefix("\ufeff")


def _scan(text: str, any_text: bool) -> None:
    """Refuse what the parser would take, and a depth that would end it, as it recurses."""
    names: list[set[str]] = []  # of the objects that are open; a list's stays empty
    for token in _TOKENS.finditer(text):
        reason = ""
        if token["text"]:
            value = _value(token["text"])
            reason = "" if any_text else _hidden(value)
            if token["key"] and names:
                reason = reason or _twice(value, names[-1])
        elif token["open"]:
            names.append(set())
            reason = f"Here are more than {MAX_DEPTH} levels." if len(names) > MAX_DEPTH else ""
        elif token["close"]:
            names = names[:-1]
        else:
            reason = _beyond(token["number"])
        if reason:
            raise ParseError(f"{reason} {_place(text, token.start())}")


def _value(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted[1:-1]
    try:
        return str(json.loads(quoted))
    except json.JSONDecodeError:
        return quoted  # the parser says so, and where


def _hidden(value: str) -> str:
    found = _NOT_TEXT.search(value)
    return f"A text holds U+{ord(found[0]):04X}, which is no character." if found else ""


def _twice(name: str, known: set[str]) -> str:
    if name in known:
        return f"The member {quoted(name)} stands twice in the same object."
    known.add(name)
    return ""


def _beyond(number: str) -> str:
    if number.lstrip("-") in ("NaN", "Infinity"):
        return f"{number} is not a JSON number."
    if len(number) > _MAX_DIGITS:
        return f"The number {number[:12]}… has too many digits."
    try:
        return f"The number {number} is too large." if isinf(float(number)) else ""
    except ValueError:
        return ""  # no number: the parser says so, and where


def _place(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"It stands in line {line}, column {offset - text.rfind(chr(10), 0, offset)}."
