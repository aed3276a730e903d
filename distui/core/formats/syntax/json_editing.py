"""Edits of a JSON text by a JSON Patch (RFC 6902) that keep its layout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from distui.core.pointers import pointer, tokens

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s\[\]{}:,"]+')
_INDENT = re.compile(r"\n[ \t]*\Z")


class CannotEdit(ValueError):
    """The text has no place for the step."""


@dataclass
class _Span:
    """Where a value is in the text; ``entry`` is where its key, or itself in a list, begins."""

    entry: int
    start: int
    end: int = 0
    members: dict[str, _Span] = field(default_factory=dict)  # items by their indices


def edited(text: str, patch: Sequence[dict[str, Any]]) -> str:
    """Return the text after the steps of a patch. Raises ``CannotEdit``."""
    for step in patch:
        text = _step(text, step)
    return text


def _step(text: str, step: dict[str, Any]) -> str:
    match step["op"]:
        case "remove":
            return _removed(text, step["path"])
        case "move":
            source = _find(text, step["from"])
            value = json.loads(text[source.start : source.end])
            if _parent(step["from"]) == _parent(step["path"]):
                key = json.dumps(tokens(step["path"])[-1], ensure_ascii=False)
                rest = text[source.entry :]
                end = source.entry + len(_TOKENS.match(rest)[0])  # type: ignore[index]  # a key
                return text[: source.entry] + key + text[end:]
            return _with_value(_removed(text, step["from"]), step["path"], value)
    return _with_value(text, step["path"], step["value"])


def _with_value(text: str, path: str, value: Any) -> str:
    parent, name = _find(text, _parent(path)), tokens(path)[-1]
    known = parent.members.get(name)
    if known:
        return text[: known.start] + _printed(text, known.entry, value) + text[known.end :]
    if text[parent.start] != "{":
        raise CannotEdit(path)
    entry = f"{json.dumps(name, ensure_ascii=False)}: "
    if not parent.members:
        return (
            text[: parent.start]
            + json.dumps({name: value}, ensure_ascii=False)
            + text[parent.end :]
        )
    last = [*parent.members.values()][-1]
    separator = _separator(text, last.entry)
    added = f",{separator}{entry}{_printed(text, last.entry, value)}"
    return text[: last.end] + added + text[last.end :]


def _removed(text: str, path: str) -> str:
    parent, name = _find(text, _parent(path)), tokens(path)[-1]
    spans = [*parent.members.values()]
    index = [*parent.members].index(name) if name in parent.members else -1
    if index < 0:
        raise CannotEdit(path)
    if len(spans) == 1:
        return text[: parent.start + 1] + text[parent.end - 1 :]
    if index + 1 < len(spans):
        return text[: spans[index].entry] + text[spans[index + 1].entry :]
    return text[: spans[index - 1].end] + text[spans[index].end :]


def _separator(text: str, entry: int) -> str:
    """Return the white space before an entry: a line break with its indentation, or a space."""
    found = _INDENT.search(text[:entry])
    return found[0] if found else " "


def _printed(text: str, entry: int, value: Any) -> str:
    """Return a value as JSON, on several lines if its entry begins a line."""
    separator = _separator(text, entry)
    indent = 2 if separator.startswith("\n") and isinstance(value, dict | list) and value else None
    return json.dumps(value, indent=indent, ensure_ascii=False).replace("\n", separator)


def _parent(path: str) -> str:
    return pointer(tokens(path)[:-1])


def _find(text: str, path: str) -> _Span:
    span = _spans(text)
    for token in tokens(path):
        if token not in span.members:
            raise CannotEdit(path)
        span = span.members[token]
    return span


def _spans(text: str) -> _Span:
    """Return the span of the value in a valid text, with those of everything in it."""
    found = _TOKENS.finditer(text)
    return _span(next(found), found, None)


def _span(token: re.Match[str], rest: Iterator[re.Match[str]], entry: int | None) -> _Span:
    span = _Span(token.start() if entry is None else entry, token.start(), token.end())
    if token[0] not in ("{", "["):
        return span
    for inner in rest:
        if inner[0] in ("}", "]"):
            span.end = inner.end()
            break
        if token[0] == "{":
            span.members[str(json.loads(inner[0]))] = _span(next(rest), rest, inner.start())
        else:
            span.members[str(len(span.members))] = _span(inner, rest, None)
    return span
