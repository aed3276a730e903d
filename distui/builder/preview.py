"""The request body as coloured HTML, in pieces that can be made anew one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import JsonLexer

from distui.core import document
from distui.core.pointers import tokens

_LEXER = JsonLexer(stripnl=False, ensurenl=False)
_FORMATTER = HtmlFormatter(nowrap=True)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the preview and the HTML id under which it can be swapped, if it can."""

    html: SafeString
    id: str = ""


def pieces(request: dict[str, Any]) -> Iterator[Piece]:
    """The request body's pieces; the text of all of them together is what would be sent."""
    run: list[str] = []
    head = "preview-head"
    for segment in document.segments(request):
        if not segment.pointer:
            run.append(segment.text)
            continue
        yield Piece(coloured("".join(run)), head)
        yield Piece(coloured(segment.text), "-".join(("preview", *tokens(segment.pointer))))
        run, head = [], ""
    yield Piece(coloured("".join(run)), head or "preview-tail")


@lru_cache(maxsize=4096)
def coloured(text: str) -> SafeString:
    """A run of JSON as escaped HTML with Pygments' classes, remembered by its text."""
    html = highlight(text, _LEXER, _FORMATTER)
    # The formatter ends every text with a line break, which would be one too many.
    return mark_safe(html if text.endswith("\n") else html.removesuffix("\n"))  # noqa: S308 (Pygments escapes)
