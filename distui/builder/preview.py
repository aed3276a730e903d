"""The request body as coloured HTML whose lines lead to their fields, Regions folded one by one."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from pygments.lexers import JsonLexer
from pygments.token import Keyword, Name, Number, String

from distui.builder.anchors import link
from distui.core import document, spec
from distui.core.pointers import Path, pointer
from distui.core.remembering import remembered

UNFOLDED = 3  # so many Regions are read at a glance; of more, only the one that is open
_LEXER = JsonLexer(stripnl=False, ensurenl=False)
_CLASSES = {
    Name.Tag: "nt",
    String.Double: "s2",
    Number.Integer: "mi",
    Number.Float: "mf",
    Keyword.Constant: "kc",
}
_LONGEST_LINE = 500  # characters; whole requests are coloured anew
_EDITED_NOWHERE = {"clientToken", "dryRun"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of whole lines, the HTML id under which it can be swapped, and the Region it prints.

    A ``folded`` one is plain text until it is unfolded.
    """

    html: SafeString
    id: str
    index: int | None = None
    region: str = ""
    folded: bool = False


def pieces(
    request: dict[str, Any], opened: int | None = None, *, without: Container[int] = ()
) -> Iterator[Piece]:
    """The request body's pieces; the text of all of them together is what would be sent.

    Those of the Regions ``without`` are left out.
    """
    names = document.member_names(request)
    items = request.get("distributions") or []
    cut = names.index("distributions") if items else len(names)
    head = ["{\n", *_members(request, names[:cut], more=bool(items))]
    if not items:
        yield Piece(_joined([*head, "}"]), "preview-head")
        return
    yield Piece(_joined([*head, _line(("distributions",), '  "distributions": [')]), "preview-head")
    yield from (_region(items, i, opened) for i in range(len(items)) if i not in without)
    rest = _members(request, names[cut + 1 :], more=False)
    closing = "  ],\n" if names[cut + 1 :] else "  ]\n"
    yield Piece(_joined([coloured(closing), *rest, "}"]), "preview-tail")


def _region(items: list[Any], index: int, opened: int | None) -> Piece:
    folded = is_folded(items, index, opened)
    if folded:
        html = escape(document.region_text(items, index))
    else:
        html = region_lines(items, index, opened)
    return Piece(html, f"preview-{index}", index, str(items[index].get("region", "")), folded)


def is_folded(items: list[Any], index: int, opened: int | None) -> bool:
    """Whether the Region of that index is shown folded."""
    return index != opened and len(items) > UNFOLDED


def region_lines(items: list[Any], index: int, opened: int | None = None) -> SafeString:
    """A Region unfolded: coloured, each line leading to its field."""
    item = document.ordered(items[index], spec.shape("Distribution"))
    comma = "," if index < len(items) - 1 else ""
    return _joined(_lines(item, ("distributions", index), "    ", "", comma, opened))


def _members(request: dict[str, Any], names: list[str], *, more: bool) -> Iterator[str]:
    """The lines of members outside the Regions; ``more`` are to follow."""
    for name in names:
        comma = "," if more or name != names[-1] else ""
        yield from _lines(request[name], (name,), "  ", f"{_printed(name)}: ", comma)


def _lines(
    value: Any, path: Path, indent: str, key: str, comma: str, opened: int | None = None
) -> Iterator[str]:
    """A value's lines, as ``json.dumps`` prints them with an indent of two."""
    named = isinstance(value, dict)
    inside = [*value.items()] if named else [*enumerate(value)] if isinstance(value, list) else []
    if not inside:
        yield _line(path, f"{indent}{key}{_printed(value)}{comma}", opened)
        return
    first, last = "{}" if named else "[]"
    yield _line(path, f"{indent}{key}{first}", opened)
    for number, (token, item) in enumerate(inside, 1):
        inner_key = f"{_printed(token)}: " if named else ""
        inner_comma = "," if number < len(inside) else ""
        yield from _lines(item, (*path, token), indent + "  ", inner_key, inner_comma, opened)
    yield coloured(f"{indent}{last}{comma}\n")


def _line(path: Path, text: str, opened: int | None = None) -> str:
    if path[0] in _EDITED_NOWHERE:
        return f"{coloured(text)}\n"
    return format_html(
        '<a class="l" tabindex="-1" draggable="false" href="{}">{}</a>\n',
        link(pointer(path), opened),
        coloured(text),
    )


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (each of them is escaped)


def _printed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@remembered(answers=16384, longest=_LONGEST_LINE)
def coloured(text: str) -> SafeString:
    """JSON as escaped HTML with Pygments' classes for all but punctuation."""
    return _joined(
        format_html('<span class="{}">{}</span>', _CLASSES[token], part)
        if token in _CLASSES
        else escape(part)
        for token, part in _LEXER.get_tokens(text)
    )
