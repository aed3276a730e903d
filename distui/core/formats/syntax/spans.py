"""Where the values of a JSON or a YAML text are in it, to edit the text and keep its layout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from distui.core.formats.syntax.json_text import without_comments
from distui.core.pointers import Path

_TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]|[^\s\[\]{}:,"]+')


@dataclass
class Span:
    """Where a value is; ``entry`` is where its key, or itself in a list, begins.

    ``key_end`` is the end of the key. ``is_block`` says that the members are on lines of their
    own, without brackets. An alias is a scalar here.
    """

    entry: int
    key_end: int
    start: int
    end: int = 0
    kind: Literal["scalar", "mapping", "list"] = "scalar"
    is_block: bool = False
    members: dict[str, Span] = field(default_factory=dict)  # items by their indices

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Span]]:
        """Yield every span with its path."""
        yield path, self
        for name, inner in self.members.items():
            yield from inner.walk((*path, name))


def json_spans(text: str) -> Span:
    """Return the span of the value in a valid JSON text, with those of everything in it."""
    found = _TOKENS.finditer(without_comments(text))
    return _json_span(next(found), found, None)


def _json_span(token: re.Match[str], rest: Iterator[re.Match[str]], key: Any) -> Span:
    entry, key_end = key.span() if key else (token.start(), token.start())
    span = Span(entry, key_end, token.start(), token.end())
    if token[0] not in ("{", "["):
        return span
    span.kind = "mapping" if token[0] == "{" else "list"
    for inner in rest:
        if inner[0] in ("}", "]"):
            span.end = inner.end()
            break
        if span.kind == "mapping":
            span.members[str(json.loads(inner[0]))] = _json_span(next(rest), rest, inner)
        else:
            span.members[str(len(span.members))] = _json_span(inner, rest, None)
    return span


def yaml_spans(text: str) -> Span:
    """Return a span with the documents of a valid YAML text as its members."""
    import yaml  # only where it is needed: lint starts without it

    events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    root = Span(0, 0, 0, len(text), "list")
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            root.members[str(len(root.members))] = _yaml_span(text, next(events), events, None)
    return root


def _yaml_span(text: str, event: Any, rest: Iterator[Any], key: Any) -> Span:
    start, end = event.start_mark.index, event.end_mark.index
    entry, key_end = (key.start_mark.index, key.end_mark.index) if key else (start, start)
    span = Span(entry, key_end, start, start + len(text[start:end].rstrip()))
    kind = type(event).__name__
    if not kind.endswith("StartEvent"):
        return span
    span.kind = "mapping" if kind.startswith("Mapping") else "list"
    span.is_block = not event.flow_style
    for inner in rest:
        if type(inner).__name__ in ("MappingEndEvent", "SequenceEndEvent"):
            span.end = max(span.end, inner.end_mark.index if event.flow_style else 0)
            break
        if span.kind == "mapping":
            name = getattr(inner, "value", "")
            span.members[name] = found = _yaml_span(text, next(rest), rest, inner)
        else:
            found = _yaml_span(text, inner, rest, None)
            span.members[str(len(span.members))] = found
        span.end = max(span.end, found.end, found.key_end)
    return span
