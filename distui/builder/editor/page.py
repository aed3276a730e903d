"""What the editor's page shows of a draft: its forms, cards, findings and preview."""

from __future__ import annotations

import uuid
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from distui.builder.analysis import FindingIndex, analyze
from distui.builder.editor import preview, rendering
from distui.builder.editor.save import Outcome
from distui.builder.forms.declarations import DistributionForm
from distui.builder.forms.element_ids import element_id, field_link, is_within
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.labels import location, region_label
from distui.builder.models import Draft
from distui.builder.rule_context import rule_context
from distui.builder.state import summaries
from distui.builder.state.draft_state import dump_state
from distui.core import Finding, Severity
from distui.core.caching import cached_by_text
from distui.core.pointers import region_index
from distui.core.reference import regions


@dataclass(frozen=True, slots=True)
class RegionCard:
    """One Region: closed it is a summary, open its form is on the page."""

    index: int
    count: int = field(compare=False)
    region: str
    labels: tuple[str, ...]
    errors: int
    open: bool = field(compare=False)

    @property
    def number(self) -> int:
        """Its place, counted from one."""
        return self.index + 1

    @property
    def pointer(self) -> str:
        """Where it stands in the request."""
        return f"/distributions/{self.index}"

    @property
    def id(self) -> str:
        """The card's HTML id."""
        return f"distributions-{self.index}"

    @property
    def name(self) -> str:
        """The Region's name, empty where it is not known."""
        return regions.names().get(self.region, "")

    @property
    def title(self) -> str:
        """What the card is called where there is room for a word: its Region, or its number."""
        return region_label(self.region, self.index)

    @property
    def spoken(self) -> str:
        """What tells it from all others, also from one of the same Region."""
        return f"Region {self.number}: {self.region}" if self.region else f"Region {self.number}"

    @property
    def heading(self) -> str:
        """The Region's name, or what there is instead."""
        return self.name or ("Unknown Region" if self.region else "No Region chosen")

    @property
    def closed(self) -> SafeString:
        """It as HTML without its form."""
        return render_card("builder/editor/_closed_region.html", self)

    @property
    def swapped(self) -> SafeString:
        """The same, to take the place of what the page has of it."""
        return render_card("builder/editor/_closed_region.html", self, swap=True)

    @property
    def link(self) -> SafeString:
        """Its line in the outline."""
        return render_card("builder/editor/_outline_link.html", self)

    @property
    def where(self) -> str:
        """Ends the name of a button inside; by number, as the Region may be typed anew there."""
        return f", Region {self.number}"


@cached_by_text(maxsize=8192, max_length=100)
def render_card(template: str, card: RegionCard, *, swap: bool = False) -> SafeString:
    """A closed Region as HTML: most of them are as they were on the page before."""
    return render_to_string(template, {"card": card, "swap": swap})


class LocatedFinding(NamedTuple):
    """A finding, the address at which it can be mended, and what that place is called."""

    finding: Finding
    href: str
    place: str


class Editor:
    """A draft as its page shows it, ``open`` naming the one Region whose form is there.

    ``outcome`` is what came of the post that the page answers. What is merely missing is shown at
    its field only with ``strict``, after a save, or once the control, or one inside the structure,
    was ``left``: nobody is told of a field that they have not come to yet. ``page`` names the
    window that it is shown in.
    """

    def __init__(
        self,
        draft: Draft,
        *,
        open: int | None = None,
        outcome: Outcome | None = None,
        strict: bool = False,
        left: frozenset[str] = frozenset(),
        page: str = "",
    ) -> None:
        self.draft, self.strict, self.left = draft, strict, left
        self.page = page or str(uuid.uuid4())
        self.outcome = outcome or Outcome(open)
        typed = self.outcome.state
        self.judged = analyze(draft.text if typed is None else dump_state(typed), rule_context())
        self.state = self.judged.state
        self.count = len(self.state.get("distributions", ()))
        wanted = self.outcome.open
        self.open = wanted if wanted is not None and wanted < self.count else None

    @property
    def revision(self) -> int:
        """The one that the page's fields grew from."""
        return self.outcome.revision or self.draft.revision

    @property
    def name(self) -> str:
        """What the page is called."""
        return str(self.state.get("name") or "New distribution configuration")

    @cached_property
    def request(self) -> dict[str, Any]:
        """The request as it would be sent."""
        return self.judged.document | {"clientToken": self.draft.client_token}

    @property
    def items(self) -> list[dict[str, Any]]:
        """The Regions' part of it."""
        found: list[dict[str, Any]] = self.judged.document.get("distributions", [])
        return found

    @cached_property
    def told(self) -> FindingIndex:
        """Every finding, the doubts of the post first."""
        doubts, refused = self.outcome.doubts, self.draft.refused(self.request)
        known = self.judged.told
        return FindingIndex((*doubts, *known.findings, *refused)) if doubts or refused else known

    def shown(self, index: int | None) -> list[Finding]:
        """What stands at the controls of that Region, or outside of the Regions, notes first."""
        notes = [note for note in self.outcome.notes if region_index(note.pointer) == index]
        return notes + [
            finding
            for finding in self.told.at.get(index, [])
            if self.strict
            or not finding.missing
            or is_within(element_id(finding.pointer), self.left)
        ]

    @cached_property
    def region_form(self) -> DistributionForm | None:
        """The form of the open Region."""
        if self.open is None:
            return None
        return DistributionForm(
            path=("distributions", self.open),
            state=self.state["distributions"][self.open],
            findings=self.shown(self.open),
        )

    @property
    def open_slot(self) -> FieldMessages | None:
        """Where stands what was found of the open Region as a whole."""
        return self._slot(self.card.id, self.card.pointer) if self.card else None

    @property
    def regions_slot(self) -> FieldMessages:
        """Where stands what was found of the list of Regions."""
        return self._slot("distributions", "/distributions")

    def _slot(self, html_id: str, pointer: str) -> FieldMessages:
        shown = self.shown(region_index(pointer))
        return FieldMessages(
            html_id, pointer, [found for found in shown if found.pointer == pointer]
        )

    @property
    def general(self) -> SafeString:
        """The controls outside the Regions."""
        return rendering.general_form(self.state, self.shown(None))

    @property
    def general_errors(self) -> int:
        """How many errors stand there."""
        return self.errors_in(None)

    def errors_in(self, index: int | None) -> int:
        """How many errors stand in that Region, or outside of the Regions."""
        return self.told.errors_at[index]

    @cached_property
    def cards(self) -> list[RegionCard]:
        """The Regions in order."""
        return [*map(self.card_at, range(self.count))]

    def card_at(self, index: int) -> RegionCard:
        """The Region of that index."""
        return self.card if index == self.open and self.card else self._card(index)

    def _card(self, index: int) -> RegionCard:
        item = self.items[index]
        code, labels = item.get("region", ""), tuple(summaries.summary_labels(item))
        return RegionCard(
            index, self.count, code, labels, self.errors_in(index), index == self.open
        )

    @cached_property
    def card(self) -> RegionCard | None:
        """The open Region."""
        return None if self.open is None else self._card(self.open)

    @property
    def elsewhere(self) -> list[RegionCard]:
        """The closed Regions in which errors stand."""
        return [
            self.card_at(index)
            for index in sorted(key for key in self.told.errors_at if key is not None)
            if index != self.open and index < self.count
        ]

    @cached_property
    def here(self) -> list[LocatedFinding]:
        """The findings of what the page shows in full, those outside of the Regions first."""
        places = [None] if self.open is None else [None, self.open]
        return self._linked([found for place in places for found in self.told.at.get(place, [])])

    @property
    def notices_elsewhere(self) -> int:
        """How many notices stand in the closed Regions."""
        here = sum(item.finding.severity is not Severity.ERROR for item in self.here)
        return len(self.told.notices) - here

    @property
    def summary(self) -> list[LocatedFinding]:
        """The errors that a save or a doubtful post is answered with, one for each control."""
        if not (self.strict or self.outcome.doubts):
            return []
        first = {item.href: item for item in reversed(self._linked(self.told.errors))}
        return list(reversed(first.values()))

    def _linked(self, findings: list[Finding]) -> list[LocatedFinding]:
        return [
            LocatedFinding(
                found, field_link(found.pointer, self.open), location(self.items, found.pointer)
            )
            for found in findings
        ]

    def pieces(self, *, without: Container[int] = ()) -> list[preview.PreviewSection]:
        """The preview, those Regions left out."""
        return [*preview.preview_sections(self.request, self.open, without=without)]

    def printed(self, index: int) -> tuple[bool, bool, bool]:
        """How the preview prints that Region, whatever it says: unfolded, folded, as the last."""
        folded = preview.is_folded(self.items, index, self.open)
        return index == self.open, folded, index == self.count - 1

    @property
    def regions(self) -> dict[str, str]:
        """What the Region's control proposes."""
        return regions.names()
