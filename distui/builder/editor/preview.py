"""The request body as coloured HTML whose lines lead to their fields, Regions folded one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from pygments.lexers import JsonLexer
from pygments.token import Keyword, Name, Number, String

from distui.builder.forms.element_ids import field_link
from distui.core.caching import cached_by_text
from distui.core.document import printing
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

UNFOLDED = 3  # so many Regions are read at a glance; of more, only the one that is open
_LEXER = JsonLexer(stripnl=False, ensurenl=False)
_CLASSES = {
    Name.Tag: "nt",
    String.Double: "s2",
    Number.Integer: "mi",
    Number.Float: "mf",
    Keyword.Constant: "kc",
}
# What turns the direction of the text behind it: each by itself turns nothing.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST_LINE = 500  # characters; whole requests are coloured anew
_MOST_LINES = 8  # swapped one by one; of more, the whole piece is sooner there
_EDITED_NOWHERE = {"clientToken", "dryRun"}


class PreviewLine(NamedTuple):
    """A line of the body, coloured, and the address of the field that it shows, if one does."""

    html: SafeString
    href: str = ""
    end: str = "\n"

    def drawn(self, place: str = "") -> SafeString:
        """It as HTML, to take the place of what is there where ``place`` selects that."""
        if not self.href:
            return self.html + SafeString(self.end)
        return format_html(
            '<a class="l" tabindex="-1" draggable="false" href="{}"{}>{}</a>{}',
            self.href,
            format_html(' hx-swap-oob="replace:{}"', place) if place else "",
            self.html,
            self.end,
        )


_END = PreviewLine(SafeString("}"), end="")


@dataclass(frozen=True, slots=True)
class PreviewSection:
    """A run of lines, the HTML id under which it can be swapped, and the Region that it prints.

    A ``folded`` one is plain text until it is unfolded.
    """

    lines: tuple[PreviewLine, ...]
    id: str
    index: int | None = None
    region: str = ""
    folded: bool = False

    @property
    def html(self) -> SafeString:
        """Its lines."""
        return _joined(line.drawn() for line in self.lines)

    def changes(self, old: PreviewSection | None) -> list[SafeString] | None:
        """The lines that are others than in the ``old`` piece, each to take the place of its own.

        None where it takes more than that, as lines have come or gone.
        """
        if old is None or old._outline != self._outline:
            return None
        linked = zip(old._links, self._links, strict=True)
        found = [(number, new) for number, (was, new) in enumerate(linked, 1) if was != new]
        if len(found) > _MOST_LINES:
            return None
        return [new.drawn(f"#{self.id} > a:nth-of-type({number})") for number, new in found]

    @property
    def _links(self) -> list[PreviewLine]:
        return [line for line in self.lines if line.href]

    @property
    def _outline(self) -> list[PreviewLine | None]:
        """Its lines, None standing for those that can take one another's place."""
        return [None if line.href else line for line in self.lines]


def preview_sections(
    request: dict[str, Any], opened: int | None = None, *, without: Container[int] = ()
) -> Iterator[PreviewSection]:
    """The request body's pieces; the text of all of them together is what would be sent.

    Those of the Regions ``without`` are left out.
    """
    names = printing.member_names(request)
    items = request.get("distributions") or []
    cut = names.index("distributions") if items else len(names)
    head = [PreviewLine(highlight("{")), *_members(request, names[:cut], more=bool(items))]
    if not items:
        yield PreviewSection((*head, _END), "preview-head")
        return
    opening = _line(("distributions",), '  "distributions": [')
    yield PreviewSection((*head, opening), "preview-head")
    yield from (_region(items, i, opened) for i in range(len(items)) if i not in without)
    rest = _members(request, names[cut + 1 :], more=False)
    closing = PreviewLine(highlight("  ]," if names[cut + 1 :] else "  ]"))
    yield PreviewSection((closing, *rest, _END), "preview-tail")


def _region(items: list[Any], index: int, opened: int | None) -> PreviewSection:
    folded = is_folded(items, index, opened)
    if folded:
        lines: tuple[PreviewLine, ...] = (
            PreviewLine(escape(printing.region_text(items, index)[:-1])),
        )
    else:
        lines = _unfolded(items, index, opened)
    return PreviewSection(
        lines, f"preview-{index}", index, str(items[index].get("region", "")), folded
    )


def is_folded(items: list[Any], index: int, opened: int | None) -> bool:
    """Whether the Region of that index is shown folded."""
    return index != opened and len(items) > UNFOLDED


def render_unfolded(items: list[Any], index: int, opened: int | None = None) -> SafeString:
    """A Region that was folded: coloured, each line leading to its field."""
    return _joined(line.drawn() for line in _unfolded(items, index, opened))


def _unfolded(items: list[Any], index: int, opened: int | None) -> tuple[PreviewLine, ...]:
    return _region_lines(json.dumps(items[index]), index, opened, index == len(items) - 1)


@cached_by_text(maxsize=128, max_length=32_000)
def _region_lines(text: str, index: int, opened: int | None, last: bool) -> tuple[PreviewLine, ...]:
    item = printing.in_api_order(json.loads(text), shapes.shape("Distribution"))
    return tuple(_lines(item, ("distributions", index), "    ", "", "" if last else ",", opened))


def _members(request: dict[str, Any], names: list[str], *, more: bool) -> Iterator[PreviewLine]:
    """The lines of members outside the Regions; ``more`` are to follow."""
    for name in names:
        comma = "," if more or name != names[-1] else ""
        yield from _lines(request[name], (name,), "  ", f"{_printed(name)}: ", comma)


def _lines(
    value: Any, path: Path, indent: str, key: str, comma: str, opened: int | None = None
) -> Iterator[PreviewLine]:
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
    yield PreviewLine(highlight(f"{indent}{last}{comma}"))


def _line(path: Path, text: str, opened: int | None = None) -> PreviewLine:
    nowhere = path[0] in _EDITED_NOWHERE
    return PreviewLine(highlight(text), "" if nowhere else field_link(pointer(path), opened))


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (each of them is escaped)


def _printed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cached_by_text(maxsize=16384, max_length=_LONGEST_LINE)
def highlight(text: str) -> SafeString:
    """JSON as escaped HTML with Pygments' classes for all but punctuation."""
    html = _joined(
        format_html('<span class="{}">{}</span>', _CLASSES[token], part)
        if token in _CLASSES
        else escape(part)
        for token, part in _LEXER.get_tokens(text)
    )
    return mark_safe(_TURNING.sub(r'<span class="turn">\g<0></span>', html))  # noqa: S308 (escaped)
