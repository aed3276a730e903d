"""Edits of a JSON or a YAML text by a JSON Patch (RFC 6902) that keep layout and comments."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from distui.core.formats.syntax.spans import Span, json_spans
from distui.core.formats.syntax.yaml_writing import dump_yaml
from distui.core.pointers import tokens

Spans = Callable[[str], Span]

_INDENT = re.compile(r"\n[ \t]*\Z")
_COMPUTED = re.compile(r"[!&*]|.*\$\{", re.DOTALL)  # a tag, an anchor, an alias or a template
_STEP = "  "  # the indentation of what is new


class CannotEdit(ValueError):
    """The text has no place for the step."""


@dataclass(frozen=True)
class _Value:
    """A JSON value to print."""

    value: Any

    def in_brackets(self, separator: str) -> str:
        """Return it as JSON, on several lines if the separator of its entry is a line break."""
        is_long = bool(self.value) and isinstance(self.value, dict | list)
        indent = 2 if separator.startswith("\n") and is_long else None
        return json.dumps(self.value, indent=indent, ensure_ascii=False).replace("\n", separator)

    def in_block(self, indent: str) -> str:
        """Return it as YAML behind a colon."""
        if self.value and isinstance(self.value, dict | list):
            lines = dump_yaml(self.value).splitlines()
            return "".join(f"\n{indent}{_STEP}{line}" for line in lines)
        return f" {_scalar(self.value)}"


@dataclass(frozen=True)
class _Moved:
    """A piece of the text; ``separator`` is the white space before its entry."""

    text: str
    is_block: bool
    separator: str
    column: int

    def in_brackets(self, separator: str) -> str:
        """Return it between brackets. Raises ``CannotEdit`` for lines without brackets."""
        if self.is_block:
            raise CannotEdit(self.text)
        both = self.separator.startswith("\n") and separator.startswith("\n")
        return self.text.replace(self.separator, separator) if both else self.text

    def in_block(self, indent: str) -> str:
        """Return it behind a colon. Raises ``CannotEdit`` for a scalar of several lines."""
        if not self.is_block:
            if self.text.startswith(("|", ">")):
                raise CannotEdit(self.text)
            return f" {self.text}"
        first, *rest = self.text.split("\n")
        lines = [first, *(line.removeprefix(" " * self.column) for line in rest)]
        return "".join(f"\n{indent}{_STEP}{line}" for line in lines)


def edited(text: str, patch: Sequence[Mapping[str, Any]], spans: Spans = json_spans) -> str:
    """Return the text after the steps of a patch, whose pointers are those of the text.

    ``spans`` parses the text. Raises ``CannotEdit``.
    """
    for step in patch:
        text = _step(text, step, spans)
    return text


def _step(text: str, step: Mapping[str, Any], spans: Spans) -> str:
    path, is_json = tokens(step["path"]), spans is json_spans
    if step["op"] == "remove":
        return _removed(text, spans(text), path)
    if step["op"] != "move":
        return _with(text, spans(text), path, _Value(step["value"]), is_json)
    root, source = spans(text), tokens(step["from"])
    span = _find(root, source)[-1]
    if source[:-1] == path[:-1]:
        return text[: span.entry] + _key(path[-1], is_json) + text[span.key_end :]
    separator, column = _separator(text, span.entry), _column(text, span.start)
    end = _line_end(text, span.end) if span.is_block else span.end  # with a comment
    moved = _Moved(text[span.start : end], span.is_block, separator, column)
    rest = _removed(text, root, source)
    return _with(rest, spans(rest), path, moved, is_json)


def _with(text: str, root: Span, path: tuple[str, ...], new: _Value | _Moved, is_json: bool) -> str:
    """Return the text with a value at the path."""
    *above, parent = _find(root, path[:-1])
    if known := parent.members.get(path[-1]):
        return _replaced(text, known, new, is_json)
    if parent.kind != "mapping":
        raise CannotEdit(path)
    key = _key(path[-1], is_json)
    if parent.is_block:
        end = _line_end(text, parent.end)
        indent = " " * _column(text, next(iter(parent.members.values())).entry)
        return f"{text[:end]}\n{indent}{key}:{new.in_block(indent)}{text[end:]}"
    if not parent.members and above and above[-1].is_block and parent.key_end > parent.entry:
        indent = " " * _column(text, parent.entry) + _STEP
        before = text[: parent.start].rstrip(" ")
        return f"{before}\n{indent}{key}:{new.in_block(indent)}{text[parent.end :]}"
    if not parent.members:
        entry = f"{{{key}: {new.in_brackets('')}}}"
        return text[: parent.start] + entry + text[parent.end :]
    last = [*parent.members.values()][-1]
    separator = _separator(text, last.entry)
    entry = f",{separator}{key}: {new.in_brackets(separator)}"
    return text[: last.end] + entry + text[last.end :]


def _replaced(text: str, known: Span, new: _Value | _Moved, is_json: bool) -> str:
    is_scalar = not (isinstance(new, _Value) and isinstance(new.value, dict | list))
    old = text[known.start : known.end]
    if (is_scalar and known.kind != "scalar") or _COMPUTED.match(old):
        raise CannotEdit(old)
    if not old:  # a key alone
        end = text.index(":", known.key_end) + 1
        return text[:end] + new.in_block("") + text[end:]
    is_quoted = is_json or not is_scalar or old.startswith('"')
    separator = _separator(text, known.entry)
    printed = new.in_brackets(separator) if is_quoted else new.in_block("")[1:]
    return text[: known.start] + printed + text[known.end :]


def _removed(text: str, root: Span, path: tuple[str, ...]) -> str:
    *_, parent, span = _find(root, path)
    spans = [*parent.members.values()]
    index = spans.index(span)
    if len(spans) == 1:
        return _emptied(text, parent)
    if parent.is_block:
        return _without_lines(text, span, spans[index + 1 :], parent.kind == "list")
    if index + 1 < len(spans):
        return text[: span.entry] + text[spans[index + 1].entry :]
    return text[: spans[index - 1].end] + text[span.end :]


def _emptied(text: str, parent: Span) -> str:
    if not parent.is_block:
        return text[: parent.start + 1] + text[parent.end - 1 :]
    if "#" in text[parent.key_end : parent.start]:
        raise CannotEdit("a comment is before the first entry")
    brackets = "{}" if parent.kind == "mapping" else "[]"
    separator = " " if parent.key_end > parent.entry else ""
    before = text[: parent.start].rstrip() if separator else text[: parent.start]
    return before + separator + brackets + text[parent.end :]


def _without_lines(text: str, span: Span, following: list[Span], is_item: bool) -> str:
    """Return the text without the lines of an entry, and without the comment that ends them."""
    end = max(span.end, span.key_end)
    first = text.rindex("-", 0, span.entry) if is_item else span.entry
    start = text.rfind("\n", 0, first) + 1
    if not text[start:first].strip():
        return text[:start] + text[_line_end(text, end) + 1 :]
    if is_item or not following or "#" in text[end : following[0].entry]:
        raise CannotEdit("other entries are on the line")
    return text[:first] + text[following[0].entry :]


def _find(root: Span, path: tuple[str, ...]) -> list[Span]:
    """Return the spans from the root to a path."""
    found = [root]
    for token in path:
        if token not in found[-1].members:
            raise CannotEdit(path)
        found.append(found[-1].members[token])
    return found


def _key(name: str, is_json: bool) -> str:
    return json.dumps(name, ensure_ascii=False) if is_json else _scalar(name)


def _scalar(value: Any) -> str:
    """Return a scalar or an empty collection as YAML."""
    return dump_yaml([value]).removeprefix("- ").rstrip("\n")


def _separator(text: str, entry: int) -> str:
    """Return the white space before an entry: a line break with its indentation, or a space."""
    found = _INDENT.search(text, 0, entry)
    return found[0] if found else " "


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset) - 1


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found
