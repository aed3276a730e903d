"""Strict JSON parsing: what other parsers silently accept is an error with its position."""

from __future__ import annotations

import json
import re
from functools import cache
from math import isinf
from typing import Any

from distui.core.document.parse_error import ParseError as ParseError
from distui.core.document.parse_error import SyntaxProblem
from distui.core.document.syntax_problems import find_syntax_problems
from distui.core.schema import shapes
from distui.core.text.characters import quoted
from distui.core.text.spelling import letters

MAX_DEPTH = 12  # a request has at most 6 levels
MAX_LENGTH = 4_000_000  # characters of a request
MAX_BYTES = 10_000_000  # of any text
# Colons, commas and opening brackets of a request, and of a document that isn't one.
_MAX_REQUEST_MARKS, _MAX_MARKS = 1_000_000, 300_000
_MAX_DIGITS = 100  # enough for any message about the number; Python stops at 4,300
_NESTED = {dict, list}
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")  # no database stores these
# A string without its closing quote matches to the end, which keeps the scan linear.
_TOKENS = re.compile(
    r"""(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+"?)(?P<key>\s*:)?"""
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<number>-?(?:NaN|Infinity|[0-9][0-9.eE+-]*))",
    re.DOTALL,
)


class BeyondRequest(ParseError):
    """The text is larger or deeper than any request; documents of other tools can be."""


class DuplicateKey(ParseError):
    """An object has a key twice; the caller may take the last one."""


def parse(
    source: str | bytes,
    *,
    any_text: bool = False,
    max_depth: int = MAX_DEPTH,
    owner: str = "",
    take_last: bool = False,
) -> Any:
    """Return the JSON value in a text or in bytes of UTF-8, UTF-16 or UTF-32.

    Stricter than ``json.loads``: no duplicate keys but those of notes, unless ``take_last``, no
    ``NaN`` or ``Infinity``, at most 100 digits per number and 12 levels. Keys of maps are not
    notes: ``owner`` is the member that has the value, if there is one. NUL and lone surrogates are
    errors unless ``any_text`` leaves them to the rules. A higher ``max_depth`` is for other
    documents, with a limit on their values. Raises ``ParseError``, ``BeyondRequest`` if another
    ``max_depth`` may help, ``DuplicateKey`` if ``take_last`` may.
    """
    text = decode(source)
    if not text.strip():
        raise ParseError("The document is empty.")
    if max_depth == MAX_DEPTH and len(text) > MAX_LENGTH:
        raise BeyondRequest(f"The document exceeds the maximum size of {MAX_LENGTH // 10**6} MB.")
    most = _MAX_MARKS if max_depth > MAX_DEPTH else _MAX_REQUEST_MARKS
    if sum(map(text.count, ":,[{")) > most:
        raise ParseError(f"The document has more than {most:,} values.")
    if not any_text and ("\\u" in text or _NOT_STORABLE.search(text)):
        _scan(text, any_text, max_depth, owner, take_last)
    try:
        return _parse_usual(text, max_depth, take_last)
    except (_Unusual, ValueError, RecursionError):
        _scan(text, any_text, max_depth, owner, take_last)  # says what is wrong
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ParseError.of(find_syntax_problems(text), text, "Invalid JSON: ") from error


class _Unusual(Exception):
    """The text has something that ``_scan`` has to look at."""


def _parse_usual(text: str, max_depth: int, take_last: bool) -> Any:
    """Return the value of a text without anything unusual, in a third of the time of ``_scan``."""
    value = json.loads(
        text,
        object_pairs_hook=None if take_last else _without_duplicates,
        parse_constant=_refuse,
        parse_float=_refuse,
    )
    if _is_deeper(value, max_depth):
        raise _Unusual
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Unusual
    return found


def _refuse(literal: str) -> Any:
    raise _Unusual


def _is_deeper(value: Any, levels: int) -> bool:
    """Return True if dicts and lists of the value have more levels."""
    items = value.values() if isinstance(value, dict) else value
    if type(value) not in _NESTED or not levels or _NESTED.isdisjoint(map(type, items)):
        return type(value) in _NESTED and not levels
    return any(_is_deeper(item, levels - 1) for item in items if type(item) in _NESTED)


def decode(source: str | bytes) -> str:
    """Return the text without a byte order mark. Raises ``ParseError`` if its encoding is broken.

    The mark, or the zero bytes of UTF-16 and UTF-32, determine the encoding.
    """
    if len(source) > MAX_BYTES:
        raise ParseError(f"The document exceeds the maximum size of {MAX_BYTES // 1_000_000} MB.")
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    encoding = json.detect_encoding(source)
    try:
        return source.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
        raise ParseError(f"Byte {error.start} isn't {name}. Save the file as UTF-8.") from error


def is_note(name: str) -> bool:
    """Return True for the name of a member that people use as a comment: ``_comment``, ``//``."""
    return name.startswith(("_", "//"))


def _scan(text: str, any_text: bool, max_depth: int, owner: str, take_last: bool) -> None:
    """Raise ``ParseError`` for what ``json.loads`` accepts, or for nesting that would crash it."""
    names: list[set[str]] = []  # the keys of each open object; a list's set stays empty
    owners: list[str] = []  # the keys that have the open objects and lists
    for token in _TOKENS.finditer(text):
        problem = ""
        literal, key, opened, closed, number = token.groups()
        if literal:
            value = _unquote(literal)
            problem = "" if any_text else _check_characters(value)
            if key and names:
                if not take_last and not problem:
                    _check_duplicate(value, names[-1], owners[-1], text, token.start())
                owner = value
        elif opened:
            names.append(set())
            owners.append(owner)
            if len(names) > max_depth:
                problem = f"More than {max_depth} levels"
                raise BeyondRequest.of([SyntaxProblem.at(problem, text, token.start())], text)
        elif closed:
            names = names[:-1]
            owner = owners.pop() if owners else ""
        else:
            problem = _check_number(number)
        if problem:
            raise ParseError.of([SyntaxProblem.at(problem, text, token.start())], text)


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


def may_repeat(name: str, owner: str) -> bool:
    """Return True if a key of the member ``owner``, or of an item of it, is a note."""
    return is_note(name) and letters(owner) in _structures()


def _check_duplicate(name: str, known: set[str], owner: str, text: str, offset: int) -> None:
    if name in known and not may_repeat(name, owner):
        problem = f"Duplicate key {quoted(name)}"
        raise DuplicateKey.of([SyntaxProblem.at(problem, text, offset)], text)
    known.add(name)


@cache
def _structures() -> frozenset[str]:
    """Return the letters of the members that are structures or lists of them, "" for none."""
    members = (m for name in shapes.schema()["$defs"] for m in shapes.shape(name).members.values())
    found = (m.name for m in members if (m.shape.item or m.shape).kind == "object")
    return frozenset({"", *map(letters, found), "distributionconfiguration", "properties"})


def _check_number(number: str) -> str:
    if number.lstrip("-") in ("NaN", "Infinity"):
        return f"{number} isn't a JSON number"
    if len(number) > _MAX_DIGITS:
        return f"Number {number[:12]}… with more than {_MAX_DIGITS} digits"
    try:
        return f"Number {number} is out of range" if isinf(float(number)) else ""
    except ValueError:
        return ""  # json.loads reports it with its position
