"""JSON: without its comments, one text for each document, as nodes, and places of its pointers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import count, islice

from distui.core.formats.syntax.nodes import Budget, Node, Place, Places

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKENS = re.compile(rf'(?P<text>{_STRING})|(?P<mark>[\[\]{{}}:,])|(?P<word>[^\s\[\]{{}}:,"]+)')
_VALUES = re.compile(rf'{_STRING}|[\[\]{{}}]|[^\s\[\]{{}}:,"]+')
_COMMENTS = re.compile(
    rf"(?P<text>{_STRING}?)|(?P<other>//[^\n]*|#[^\n]*|/\*.*?(?:\*/|\Z))", re.DOTALL
)
_SPACE = re.compile(r"(?:\s++|//[^\n]*+|#[^\n]*+|/\*.*?\*/)*+", re.DOTALL)
_SEPARATOR = re.compile(r"^(?:---|\.\.\.|%YAML[^\n]*)[ \t]*\r?$", re.MULTILINE)
_BRACKETS = re.compile(rf"{_STRING}?|[\[\]{{}}]", re.DOTALL)
_MAX_DOCUMENTS = 1000
_MAX_COMMENTS = 100_000
_NOT_SPACE = re.compile(r"[^\s]")
_WORDS = {"true": "boolean", "false": "boolean", "null": "null"}


def first_offset(text: str) -> int:
    """Return the offset of the first character after white space and comments of any format."""
    found = _SPACE.match(text)
    return found.end() if found else 0


def without_comments(text: str) -> str:
    """Return the text with spaces in place of comments, so that all places stay as they are.

    A text with too many is returned as it is.
    """
    if sum(map(text.count, ("#", "//", "/*"))) > _MAX_COMMENTS:
        return text
    return _COMMENTS.sub(lambda found: found["text"] or _blank(found[0]), text)


def json_texts(text: str) -> list[str]:
    """Return a text for each document: of JSON Lines, or between the separators of YAML.

    Comments and separators are blank. Anything but documents is one text, for its error.
    """
    clean = _SEPARATOR.sub(lambda found: _blank(found[0]), without_comments(text))
    ends = [*islice(_ends(clean), _MAX_DOCUMENTS + 1)]
    starts = [0, *ends]
    parts = [clean[start:end] for start, end in zip(starts, [*ends, None], strict=True)]
    rest = parts.pop()
    is_sequence = all(part.lstrip()[:1] in ("{", "[") for part in parts)
    if len(parts) < 2 or rest.strip() or not is_sequence:
        return [clean]
    places = Places(clean)
    places_of_starts = (places.at(start) for start in starts)
    return [
        "\n" * (line - 1) + " " * (column - 1) + part
        for (line, column), part in zip(places_of_starts, parts, strict=False)
    ]


def _ends(text: str) -> Iterator[int]:
    """Yield the offsets behind the brackets that close the outermost ones."""
    depth = 0
    for token in _BRACKETS.finditer(text):
        depth += (token[0] in ("{", "[")) - (token[0] in ("}", "]"))
        if not depth and token[0] in ("}", "]"):
            yield token.end()


def _blank(text: str) -> str:
    return _NOT_SPACE.sub(" ", text)


def parse_nodes(text: str) -> Node:
    """Return the value of a text that ``strict_json.parse`` accepts.

    Raises ``ParseError`` if it has too many values or levels.
    """
    places, budget = Places(text), Budget()
    root = Node("list", [])
    stack, key = [root], None
    for token in _TOKENS.finditer(text):
        if token[0] in ("]", "}"):
            stack.pop()
        if token[0] in ("]", "}", ":", ","):
            continue
        node = _node(token[0], *places.at(token.start()))
        parent = stack[-1]
        if parent.kind == "mapping" and key is None:
            key = node
            continue
        budget.take(len(stack))
        if key is None:
            parent.value.append(node)
        else:
            node, key = node.at(key), key.value
            parent.value[key], key = node, None
        if token["mark"]:
            stack.append(node)
    found: Node = root.value[0]
    return found


def _node(literal: str, line: int, column: int) -> Node:
    if literal == "{":
        return Node("mapping", {}, line, column)
    if literal == "[":
        return Node("list", [], line, column)
    if literal.startswith('"'):
        return Node("text", json.loads(literal), line, column)
    return Node(_WORDS.get(literal, "number"), literal, line, column)  # type: ignore[arg-type]


class JsonPlaces(Mapping[str, Place]):
    """The places of the entries of a text by their pointers: of the key in an object.

    ``start`` is the pointer of the document in the text, and ``prefix`` that of the text in the
    document.
    """

    def __init__(self, text: str, start: str, prefix: str) -> None:
        self._places = Places(text)
        self._offsets = dict(offsets(text))
        if start or prefix:
            self._offsets = {
                prefix + pointer[len(start) :]: offset
                for pointer, offset in self._offsets.items()
                if f"{pointer}/".startswith(f"{start}/")
            }

    def __getitem__(self, pointer: str) -> Place:
        return self._places.at(self._offsets[pointer])

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


def offsets(text: str) -> Iterator[tuple[str, int]]:
    """Yield the pointer and the offset of each entry."""
    pointer, offset = "", 0
    stack: list[tuple[str, Iterator[int] | None]] = []  # pointers, and the indices of a list
    tokens = _VALUES.finditer(text)
    for token in tokens:
        literal = token[0]
        if literal in ("]", "}"):
            stack.pop()
            continue
        offset = token.start()
        if stack:
            above, indices = stack[-1]
            if indices:
                pointer = f"{above}/{next(indices)}"
            else:
                name = json.loads(literal) if "\\" in literal else literal[1:-1]
                if "~" in name or "/" in name:
                    name = name.replace("~", "~0").replace("/", "~1")
                pointer = f"{above}/{name}"
                literal = next(tokens)[0]
        yield pointer, offset
        if literal in ("[", "{"):
            stack.append((pointer, count() if literal == "[" else None))
