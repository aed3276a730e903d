"""The editor's page as keyed fragments: an answer holds each one whose key the page doesn't have.

A fragment is an element with an id. Its key decides alone whether it is sent: equal keys give equal
HTML, that of all fragments in it included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from distui.builder.changes.account_id_lists import summaries_in
from distui.builder.editor.page import EditorPage
from distui.builder.editor.preview import PreviewSection, preview_sections
from distui.builder.editor.region_card import RegionCard
from distui.builder.editor.rendering import Section
from distui.builder.forms.field_messages import FieldMessages

_TAG = re.compile(r"<[a-z0-9]+")


class Fragment(NamedTuple):
    """A part of the page.

    ``key`` covers all that is in it, ``own_key`` only what is outside of its ``parts``: if the page
    has that one, only parts are sent. One with ``has_controls`` is not sent as a whole while a
    person types. One with ``always`` is in every answer, since what the page shows there came from
    an earlier answer. A fragment that the page does not have yet is appended to ``container``.
    ``selector`` finds the element, by its id unless stated.
    """

    id: str
    key: Any
    template: str
    context: Mapping[str, Any]
    own_key: Any = None
    parts: Callable[[], Iterable[Fragment]] = tuple
    has_controls: bool = False
    always: bool = False
    container: str = ""
    selector: str = ""

    @property
    def html(self) -> SafeString:
        """Return the element."""
        return render_to_string(f"builder/{self.template}", self.context)

    @property
    def replacement(self) -> SafeString:
        """Return the element, to take the place of the one on the page."""
        style = f"replace:{self.selector}" if self.selector else "replace"
        attribute = format_html(' hx-swap-oob="{}"', style)
        html = _TAG.sub(lambda tag: f"{tag[0]}{attribute}", self.html, count=1)
        return mark_safe(html)  # noqa: S308 (a template rendered it)

    @property
    def addition(self) -> SafeString:
        """Return the element, to come last in its container."""
        return format_html('<div hx-swap-oob="append:{}">{}</div>', self.container, self.html)


def changed_fragments(
    before: EditorPage, after: EditorPage, *, typing: bool
) -> list[SafeString] | None:
    """Return the HTML that turns the page ``before`` into ``after``.

    None means that the whole page has to be sent. With ``typing`` no control is replaced.
    """
    if before.count > after.count:
        return None
    same = _same_regions(before, after)
    return [*_changed(fragments(before, same), fragments(after, same), typing)]


def _same_regions(before: EditorPage, after: EditorPage) -> Collection[int]:
    """Return the indices of the closed Regions that are the same on both pages."""
    old, new = before.findings.counts_by_region, after.findings.counts_by_region
    others = {before.open, after.open, *(index for index, _ in old.items() ^ new.items())}
    if before.count != after.count:  # a comma follows the one that was the last
        others.add(before.count - 1)
    pairs = enumerate(zip(before.items, after.items, strict=False))
    return {index for index, (one, two) in pairs if one is two and index not in others}


def _changed(
    before: Iterable[Fragment], after: Iterable[Fragment], typing: bool
) -> Iterator[SafeString]:
    known = {fragment.id: fragment for fragment in before}
    for fragment in after:
        old = known.get(fragment.id)
        held = typing and fragment.has_controls
        if old is None:
            yield fragment.addition
        elif fragment.key == old.key and not fragment.always:
            continue
        elif held or (fragment.own_key is not None and fragment.own_key == old.own_key):
            yield from _changed(old.parts(), fragment.parts(), typing)
        else:
            yield fragment.replacement


def fragments(page: EditorPage, without: Collection[int] = ()) -> Iterator[Fragment]:
    """Yield the fragments of the page that are in no other, ``without`` those of some Regions."""
    yield from _bar(page)
    yield _general(page)
    yield from _regions(page, without)
    yield from _preview(page, without)


def _bar(page: EditorPage) -> Iterator[Fragment]:
    context, findings = {"page": page}, page.findings

    def fragment(id: str, key: Any = None, *, folder: str = "", **options: Any) -> Fragment:
        template = f"editor/{folder}_{id.replace('-', '_')}.html"
        return Fragment(id, key, template, context, **options)

    state = (page.open, page.count, page.result.answer, page.target_base)
    yield fragment("page-state", state)
    yield fragment("status", always=True)
    yield fragment("conflict", always=True)
    yield fragment("summary", always=True, has_controls=True)
    yield fragment("title", page.name)
    yield fragment("findings-summary", findings.counts, folder="findings/")
    yield fragment("findings-badge", findings.counts, folder="findings/")
    shown = (findings.all, page.open, page.region_codes)
    yield fragment("findings-list", shown, folder="findings/")
    yield fragment("general-count", page.general_counts)


def _general(page: EditorPage) -> Fragment:
    return Fragment(
        "general",
        (page.general_sections, page.general_messages, page.target, page.targets),
        "editor/general/_general.html",
        {"page": page},
        parts=partial(_general_parts, page),
        has_controls=True,
    )


def _general_parts(page: EditorPage) -> Iterator[Fragment]:
    yield _messages(page.general_messages)
    yield from _sections(page.general_sections)
    if len(page.targets) > 1:
        key, template = (page.target, page.targets), "editor/general/_target.html"
        yield Fragment("editor-target", key, template, {"page": page})


def _sections(sections: Iterable[Section]) -> Iterator[Fragment]:
    """Yield a fragment without an element for each section: most say what they said before."""
    for section in sections:
        yield Fragment(
            f"section {section.id}",
            section,
            "",
            {},
            own_key=True,
            parts=partial(_section_parts, section),
        )


def _section_parts(section: Section) -> Iterator[Fragment]:
    yield Fragment(
        f"section {section.id} messages",
        section.findings and (section.findings, section.maps),
        "",
        {},
        own_key=True,
        parts=lambda: map(_messages, section.messages()),
    )
    if section.name == "amiDistributionConfiguration" and isinstance(section.state, dict):
        id, template = f"id_{section.id}-name_resolved", "forms/fields/_ami_name_preview.html"
        field = SimpleLazyObject(lambda: section.part.form["name"])
        yield Fragment(id, section.state.get("name", ""), template, {"field": field})


def _messages(found: FieldMessages) -> Fragment:
    key, context = [*found.findings], {"messages": found}
    return Fragment(f"{found.id}_error", key, "forms/_field_messages.html", context)


def _regions(page: EditorPage, without: Collection[int]) -> Iterator[Fragment]:
    yield _messages(page.regions_messages)
    yield Fragment("no-regions", not page.count, "editor/regions/_no_regions.html", {"page": page})
    for index in range(page.count):
        if index in without:
            continue
        card = page.region_card(index)
        context = {"card": card, "page": page}
        outline = "editor/_outline_link.html"
        yield Fragment(
            f"outline-{card.index}",
            (card.region, card.counts),
            outline,
            context,
            container="#outline-regions",
        )
        yield _open_card(page, card, context) if card.open else _closed_card(card, context)


def _closed_card(card: RegionCard, context: Mapping[str, Any]) -> Fragment:
    return Fragment(
        card.id, card, "editor/regions/_region.html", context, container="#distributions"
    )


def _open_card(page: EditorPage, card: RegionCard, context: Mapping[str, Any]) -> Fragment:
    return Fragment(
        card.id,
        (card, card.count, page.region_sections, page.open_messages),
        "editor/regions/_region.html",
        context,
        parts=partial(_open_card_parts, page, card),
        has_controls=True,
        container="#distributions",
    )


def _open_card_parts(page: EditorPage, card: RegionCard) -> Iterator[Fragment]:
    context = {"card": card}
    yield Fragment(f"{card.id}-title", card.region, "editor/regions/_region_title.html", context)
    if page.open_messages:
        yield _messages(page.open_messages)
    yield from _sections(page.region_sections)
    for summary in summaries_in(page.state, card.index):
        yield Fragment(summary.id, summary, "forms/fields/_list_summary.html", {"summary": summary})


def _preview(page: EditorPage, without: Collection[int]) -> Iterator[Fragment]:
    for section in preview_sections(page.request, page.open, without=without):
        if section.region_index is None:
            yield _preview_section(section)
        else:
            yield _preview_region(section)
    yield Fragment("paste", page.pasted, "editor/preview/_paste.html", {"pasted": page.pasted})


def _preview_region(section: PreviewSection) -> Fragment:
    return Fragment(
        f"fold-{section.region_index}",
        section.key,
        "editor/preview/_preview_region.html",
        {"section": section},
        own_key=section.is_open if section.folded is None else None,
        parts=partial(_preview_region_parts, section),
        container="#preview-regions",
    )


def _preview_region_parts(section: PreviewSection) -> Iterator[Fragment]:
    id, template = f"fold-{section.region_index}-label", "editor/preview/_preview_label.html"
    yield Fragment(id, section.region, template, {"section": section})
    yield _preview_section(section)


def _preview_section(section: PreviewSection) -> Fragment:
    return Fragment(
        section.id,
        section.key,
        "editor/preview/_preview_section.html",
        {"section": section},
        own_key=section.outline,
        parts=partial(_preview_lines, section),
    )


def _preview_lines(section: PreviewSection) -> Iterator[Fragment]:
    for number, line in enumerate(section.links, 1):
        selector = f"#{section.id} > a:nth-of-type({number})"
        id, template = f"{section.id}-{number}", "editor/preview/_preview_line.html"
        yield Fragment(id, line, template, {"line": line}, selector=selector)
