"""The request body as colored HTML whose lines lead to their fields, Regions folded one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from pygments.lexers import JsonLexer
from pygments.token import Keyword, Name, Number, String

from distui.builder.forms.element_ids import field_link
from distui.core.caching import cached_by_text, json_text
from distui.core.document import printing
from distui.core.pointers import pointer
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
# Characters that change the direction of the following text, harmless one by one.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST_LINE = 500  # characters; whole requests are not cached
_MAX_COLOURED = 60_000  # characters; a Region with everything filled in has some 3,000
_EDITED_NOWHERE = {"clientToken", "dryRun"}


class PreviewLine(NamedTuple):
    """A line of the body, highlighted, and the URL of the field that it shows, if any."""

    html: SafeString
    href: str = ""
    end: str = "\n"

    @property
    def element(self) -> SafeString:
        """Return the line, as a link if it shows a field."""
        if not self.href:
            return self.html + SafeString(self.end)
        link = f'<a class="l" tabindex="-1" draggable="false" href="{escape(self.href)}">'
        return _joined((link, self.html, "</a>", self.end))


_END = PreviewLine(SafeString("}"), end="")


class PreviewSection(NamedTuple):
    """A run of lines under one HTML id; that of a Region has its index and code.

    A Region that is ``folded`` is plain text until it is unfolded: it has its distribution instead
    of lines. So is a long one.
    """

    id: str
    lines: tuple[PreviewLine, ...] = ()
    region_index: int | None = None
    region: str = ""
    is_open: bool = False
    is_last: bool = False
    folded: dict[str, Any] | None = None

    @property
    def html(self) -> SafeString:
        """Return its lines."""
        if self.folded is None:
            return _joined(line.element for line in self.lines)
        return _text(printing.distribution_text(self.folded, is_last=self.is_last)[:-1])

    @property
    def region_html(self) -> SafeString:
        """Return a Region that can be folded."""
        if self.folded is None:
            return _render_region(self)
        return _render_folded(json_text(self.folded), self._replace(folded=None))

    @property
    def links(self) -> list[PreviewLine]:
        """Return the lines that can be replaced one by one."""
        return [line for line in self.lines if line.href]

    @property
    def key(self) -> object:
        """Return what its HTML depends on."""
        return self.is_open, self.is_last, self.lines if self.folded is None else self.folded

    @property
    def outline(self) -> list[PreviewLine | None]:
        """Return its lines, None for those that can be replaced one by one."""
        return [None if line.href else line for line in self.lines]


def _render_region(section: PreviewSection) -> SafeString:
    return render_to_string("builder/editor/preview/_preview_region.html", {"section": section})


@cached_by_text(maxsize=1024, max_length=250_000, max_total=5_000_000)
def _render_folded(text: str, section: PreviewSection) -> SafeString:
    """Render a folded Region; most say what they said on the page before."""
    return _render_region(section._replace(folded=json.loads(text)))


def preview_sections(
    request: dict[str, Any], opened: int | None = None, *, without: Collection[int] = ()
) -> list[PreviewSection]:
    """Return the request body's sections; their text together is what would be sent.

    The Regions of the indices in ``without`` are left out.
    """
    names = printing.member_names(request)
    items = request.get("distributions") or []
    cut = names.index("distributions") if items else len(names)
    head = [PreviewLine(highlight("{")), *_members(request, names[:cut], more=bool(items))]
    if not items:
        return [PreviewSection("preview-head", (*head, _END)), PreviewSection("preview-tail")]
    opening = _line("/distributions", '  "distributions": [')
    rest = _members(request, names[cut + 1 :], more=False)
    closing = PreviewLine(highlight("  ]," if names[cut + 1 :] else "  ]"))
    return [
        PreviewSection("preview-head", (*head, opening)),
        *(_region(items, i, opened) for i in range(len(items)) if i not in without),
        PreviewSection("preview-tail", (closing, *rest, _END)),
    ]


def _region(items: list[Any], index: int, opened: int | None) -> PreviewSection:
    is_open, is_last = index == opened, index == len(items) - 1
    is_long = len(json_text(items[index])) > _MAX_COLOURED
    folded = is_long or (not is_open and len(items) > UNFOLDED)
    return PreviewSection(
        f"preview-{index}",
        () if folded else _region_lines(json_text(items[index]), index, is_open, is_last),
        index,
        str(items[index].get("region", "")),
        is_open,
        is_last,
        items[index] if folded else None,
    )


def render_unfolded(items: list[Any], index: int, opened: int | None = None) -> SafeString:
    """Return a Region that was folded: highlighted, each line leading to its field."""
    is_last = index == len(items) - 1
    lines = _region_lines(json_text(items[index]), index, index == opened, is_last)
    return _joined(line.element for line in lines)


@cached_by_text(maxsize=128, max_length=32_000, max_total=250_000)
def _region_lines(text: str, index: int, is_open: bool, is_last: bool) -> tuple[PreviewLine, ...]:
    item = printing.in_api_order(json.loads(text), shapes.shape("Distribution"))
    opened, comma = index if is_open else None, "" if is_last else ","
    return tuple(_lines(item, f"/distributions/{index}", "    ", "", comma, opened))


def _members(request: dict[str, Any], names: list[str], *, more: bool) -> Iterator[PreviewLine]:
    """Yield the lines of members outside the Regions; with ``more``, others come after them."""
    for name in names:
        comma = "," if more or name != names[-1] else ""
        yield from _lines(request[name], pointer((name,)), "  ", f"{_printed(name)}: ", comma)


def _lines(
    value: Any, place: str, indent: str, key: str, comma: str, opened: int | None = None
) -> list[PreviewLine]:
    """Return a value's lines, as ``json.dumps`` prints them with an indent of two.

    ``place`` is its pointer.
    """
    named = isinstance(value, dict)
    inside = [*value.items()] if named else [*enumerate(value)] if isinstance(value, list) else []
    if not inside:
        return [_line(place, f"{indent}{key}{_printed(value)}{comma}", opened)]
    first, last = "{}" if named else "[]"
    lines = [_line(place, f"{indent}{key}{first}", opened)]
    for number, (token, item) in enumerate(inside, 1):
        inner_key = f"{_printed(token)}: " if named else ""
        inner_comma = "," if number < len(inside) else ""
        inner_place = place + pointer((token,)) if named else f"{place}/{token}"
        lines += _lines(item, inner_place, indent + "  ", inner_key, inner_comma, opened)
    return [*lines, PreviewLine(highlight(f"{indent}{last}{comma}"))]


def _line(place: str, text: str, opened: int | None = None) -> PreviewLine:
    nowhere = place.split("/", 2)[1] in _EDITED_NOWHERE
    return PreviewLine(highlight(text), "" if nowhere else field_link(place, opened))


def _text(text: str) -> SafeString:
    """Return the text as HTML outside of attributes: JSON's many quotation marks need no escape."""
    return mark_safe(escape(text, quote=False))  # noqa: S308 (escaped)


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (each of them is escaped)


_printed = json.JSONEncoder(ensure_ascii=False).encode


@cached_by_text(maxsize=16384, max_length=_LONGEST_LINE)
def highlight(text: str) -> SafeString:
    """Return JSON as escaped HTML with Pygments' classes for all but punctuation.

    A long text is only escaped.
    """
    if len(text) > _MAX_COLOURED:
        return _text(text)
    html = _joined(
        f'<span class="{_CLASSES[token]}">{_text(part)}</span>'
        if token in _CLASSES
        else _text(part)
        for token, part in _LEXER.get_tokens(text)
    )
    return mark_safe(_TURNING.sub(r'<span class="turn">\g<0></span>', html))  # noqa: S308 (escaped)
