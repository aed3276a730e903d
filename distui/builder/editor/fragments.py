"""The editor's page as keyed fragments: an answer holds each one whose key the page has not.

A fragment is an element with an id. Its key decides alone whether it is sent: equal keys give equal
HTML. Fragments can contain others; one that is sent brings what it contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from distui.builder.changes.account_lists import summaries_in
from distui.builder.editor.page import EditorPage, RegionCard
from distui.builder.editor.preview import PreviewSection
from distui.builder.editor.rendering import field_messages
from distui.builder.forms.field_messages import FieldMessages

_TAG = re.compile(r"<[a-z0-9]+")
_AMI_NAME = ("amiDistributionConfiguration", "name")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of the page.

    ``inside`` is the id of the fragment that contains it. One with ``has_controls`` is not sent to
    somebody who is typing, one with ``always`` is part of every answer: what the page shows there
    came from an earlier answer. A fragment that the page does not have yet is appended to
    ``container``. ``selector`` finds the element, by its id unless stated.
    """

    id: str
    key: Any
    template: str
    context: dict[str, Any] = field(compare=False)
    inside: str = ""
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
    """Return the HTML that turns the page ``before`` into ``after``, None if all of it has to.

    With ``typing`` no control is replaced.
    """
    if before.count > after.count:
        return None
    known = {fragment.id: fragment.key for fragment in fragments(before)}
    sent: set[str] = set()
    html = []
    for fragment in fragments(after):
        if fragment.inside in sent:
            sent.add(fragment.id)
        elif fragment.id not in known:
            sent.add(fragment.id)
            html.append(fragment.addition)
        elif typing and fragment.has_controls:
            continue
        elif fragment.always or fragment.key != known[fragment.id]:
            sent.add(fragment.id)
            html.append(fragment.replacement)
    return html


def fragments(page: EditorPage) -> Iterator[Fragment]:
    """Yield all fragments of the page, each behind the one that contains it."""
    yield from _bar(page)
    yield from _general(page)
    yield from _regions(page)
    yield from _open_region(page)
    yield from _preview(page)


def _bar(page: EditorPage) -> Iterator[Fragment]:
    context, findings = {"page": page}, page.findings
    counts = (len(findings.errors), len(findings.notices))

    def fragment(id: str, key: Any = None, **options: Any) -> Fragment:
        return Fragment(id, key, f"editor/_{id.replace('-', '_')}.html", context, **options)

    yield fragment("page-state", always=True)
    yield fragment("status", always=True)
    yield fragment("conflict", always=True)
    yield fragment("summary", always=True, has_controls=True)
    yield fragment("title", page.name)
    yield fragment("findings-summary", counts)
    yield fragment("findings-badge", counts[0])
    listed = (page.visible_findings, page.hidden_errors, page.hidden_notices)
    yield fragment("findings-list", listed)
    yield fragment("general-count", page.general_errors)


def _general(page: EditorPage) -> Iterator[Fragment]:
    state = {name: value for name, value in page.state.items() if name != "distributions"}
    findings = page.shown_findings(None)
    template = "editor/_general.html"
    yield Fragment("general", (state, findings), template, {"page": page}, has_controls=True)
    yield from _messages(field_messages(None, page.state, findings), "general")


def _regions(page: EditorPage) -> Iterator[Fragment]:
    yield from _messages([page.regions_messages], "")
    yield Fragment("no-regions", not page.count, "editor/_no_regions.html", {"page": page})
    for card in page.cards:
        context = {"card": card, "page": page}
        yield Fragment(
            f"outline-{card.index}",
            (card.title, card.errors),
            "editor/_outline_link.html",
            context,
            container="#outline-regions",
        )
        yield Fragment(
            card.id,
            (card, _open_key(page)) if card.open else (card, card.labels),
            "editor/_region.html",
            context,
            has_controls=card.open,
            container="#distributions",
        )


def _open_key(page: EditorPage) -> Any:
    return page.state["distributions"][page.open], page.shown_findings(page.open), page.count


def _open_region(page: EditorPage) -> Iterator[Fragment]:
    card = page.card
    if card is None or page.open_messages is None:
        return
    context = {"card": card, "page": page}
    title = "editor/_region_title.html"
    yield Fragment(f"{card.id}-title", (card.heading, card.region), title, context, card.id)
    yield from _messages([page.open_messages], card.id)
    findings = page.shown_findings(page.open)
    state = page.state["distributions"][card.index]
    yield from _messages(field_messages(card.index, state, findings), card.id)
    for summary in summaries_in(page.state, page.open):
        context = {"tally": summary}
        yield Fragment(summary.id, summary, "forms/_list_summary.html", context, card.id)
    yield from _ami_name(page, card)


def _ami_name(page: EditorPage, card: RegionCard) -> Iterator[Fragment]:
    block, name = _AMI_NAME
    ami = page.state["distributions"][card.index].get(block)
    if ami is None or page.region_form is None:
        return
    bound = page.region_form.part(block).form[name]
    id, template = f"{bound.auto_id}_resolved", "forms/_ami_name_preview.html"
    yield Fragment(id, ami.get(name, ""), template, {"field": bound}, card.id)


def _messages(found: Iterable[FieldMessages], inside: str) -> Iterator[Fragment]:
    for slot in found:
        key, context = [*slot.findings], {"slot": slot}
        yield Fragment(f"{slot.id}_error", key, "forms/_field_messages.html", context, inside)


def _preview(page: EditorPage) -> Iterator[Fragment]:
    for section in page.preview:
        if section.index is None:
            yield from _preview_lines(section, "")
        else:
            yield from _preview_region(section)


def _preview_region(section: PreviewSection) -> Iterator[Fragment]:
    context, fold = {"section": section}, f"fold-{section.index}"
    yield Fragment(
        fold,
        (section.folded, section.is_open),
        "editor/_preview_region.html",
        context,
        container="#preview-regions",
    )
    label = "editor/_preview_label.html"
    yield Fragment(f"{fold}-label", section.region, label, context, fold)
    yield from _preview_lines(section, fold)


def _preview_lines(section: PreviewSection, inside: str) -> Iterator[Fragment]:
    template = "editor/_preview_section.html"
    yield Fragment(section.id, section.key, template, {"section": section}, inside)
    for number, line in enumerate(section.links, 1):
        yield Fragment(
            f"{section.id}-{number}",
            line,
            "editor/_preview_line.html",
            {"line": line},
            section.id,
            selector=f"#{section.id} > a:nth-of-type({number})",
        )
