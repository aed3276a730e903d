"""What the editor's page shows of a draft: its forms, cards, findings and preview."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from distui.builder import preview, summaries
from distui.builder.anchors import anchor, link, region
from distui.builder.findings import context
from distui.builder.forms import DistributionForm, RequestForm
from distui.builder.judging import judged
from distui.builder.models import Draft
from distui.builder.saving import Outcome
from distui.core import Finding, Severity, regions
from distui.core.document import dumps


@dataclass(frozen=True, slots=True)
class Card:
    """One Region: closed it is a summary, open it has its form."""

    index: int
    count: int = field(compare=False)
    region: str
    labels: tuple[str, ...]
    errors: int
    form: DistributionForm | None = field(compare=False)

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
        """What the card is called where it can't be seen: its Region, or that it has none."""
        return self.region or f"Region {self.number}"

    @property
    def closed(self) -> SafeString:
        """It as HTML without its form."""
        return drawn("builder/_closed_region.html", self)

    @property
    def swapped(self) -> SafeString:
        """The same, to take the place of what the page has of it."""
        return drawn("builder/_closed_region.html", self, swap=True)

    @property
    def link(self) -> SafeString:
        """Its line in the outline."""
        return drawn("builder/_outline_link.html", self)

    @property
    def where(self) -> str:
        """Ends the name of a button inside, which several Regions have."""
        return f", Region {self.number}: {self.title}"


@lru_cache(maxsize=8192)
def drawn(template: str, card: Card, *, swap: bool = False) -> SafeString:
    """A closed Region as HTML, remembered: most of them are as they were on the page before."""
    return render_to_string(template, {"card": card, "swap": swap})


class LinkedFinding(NamedTuple):
    """A finding, the address at which it can be mended, and the Region that it lies in."""

    finding: Finding
    href: str
    region: str


class Editor:
    """A draft as its page shows it, ``open`` naming the one Region whose form is there.

    ``outcome`` is what came of the post that the page answers. What is merely missing is shown at
    its field only with ``strict``, after a save, or once the control was ``left``: nobody is told
    of a field that they have not come to yet. ``page`` names the window that it is shown in.
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
        self.judged = judged(draft.text if typed is None else dumps(typed), context())
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

    @cached_property
    def findings(self) -> list[Finding]:
        """Every finding, the doubts of the post first."""
        return [
            *self.outcome.doubts,
            *self.outcome.notes,
            *self.judged.findings,
            *self.draft.refused(self.request),
        ]

    @cached_property
    def errors(self) -> list[Finding]:
        """Those that bar submitting."""
        return [finding for finding in self.findings if _is_error(finding)]

    @cached_property
    def notices(self) -> list[Finding]:
        """Warnings and information."""
        return [finding for finding in self.findings if not _is_error(finding)]

    def _shown(self, findings: list[Finding]) -> list[Finding]:
        return [
            finding
            for finding in findings
            if self.strict or not finding.missing or anchor(finding.pointer) in self.left
        ]

    @cached_property
    def form(self) -> RequestForm:
        """The form of what stands outside the Regions."""
        return RequestForm(state=self.state, findings=self._shown(self._found.get(None, [])))

    @property
    def general(self) -> list[Any]:
        """The request's controls outside the Regions."""
        return self.form.parts[:-1]

    @property
    def general_errors(self) -> int:
        """How many errors stand there."""
        return sum(map(_is_error, self._found.get(None, [])))

    @cached_property
    def _found(self) -> dict[int | None, list[Finding]]:
        """The findings of each Region, and under None those outside of them."""
        found: dict[int | None, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(region(finding.pointer), []).append(finding)
        return found

    def errors_in(self, index: int) -> int:
        """How many errors stand in that Region."""
        return sum(map(_is_error, self._found.get(index, [])))

    @cached_property
    def cards(self) -> list[Card]:
        """The Regions in order."""
        return [*map(self.card_at, range(self.count))]

    def card_at(self, index: int) -> Card:
        """The Region of that index."""
        return self.card if index == self.open and self.card else self._card(index)

    def _card(self, index: int) -> Card:
        items = self.request["distributions"]
        form = None
        if index == self.open:
            form = DistributionForm(
                path=("distributions", index),
                state=self.state["distributions"][index],
                findings=self._shown(self._found.get(index, [])),
            )
        code, labels = items[index].get("region", ""), tuple(summaries.labels(items[index]))
        return Card(index, len(items), code, labels, self.errors_in(index), form)

    def _title(self, index: int) -> str:
        return str(self.request["distributions"][index].get("region") or f"Region {index + 1}")

    @cached_property
    def card(self) -> Card | None:
        """The open Region."""
        return None if self.open is None else self._card(self.open)

    @property
    def elsewhere(self) -> list[Card]:
        """The closed Regions in which errors stand."""
        return [
            self.card_at(index)
            for index in sorted(key for key in self._found if key is not None)
            if index != self.open and index < self.count and self.errors_in(index)
        ]

    @cached_property
    def here(self) -> list[LinkedFinding]:
        """The findings of what the page shows in full."""
        shown = self._found.get(None, []) + (self._found.get(self.open, []) if self.card else [])
        return self._linked(shown)

    @property
    def summary(self) -> list[LinkedFinding]:
        """The errors that a save or a doubtful post is answered with, one for each control."""
        if not (self.strict or self.outcome.doubts):
            return []
        first = {item.href: item for item in reversed(self._linked(self.errors))}
        return list(reversed(first.values()))

    def _linked(self, findings: list[Finding]) -> list[LinkedFinding]:
        return [
            LinkedFinding(found, link(found.pointer, self.open), self._where(found.pointer))
            for found in findings
        ]

    def _where(self, pointer: str) -> str:
        index = region(pointer)
        return "" if index is None or index >= self.count else self._title(index)

    @cached_property
    def pieces(self) -> list[preview.Piece]:
        """The preview."""
        return [*preview.pieces(self.request, self.open)]

    @property
    def regions(self) -> dict[str, str]:
        """What the Region's control proposes."""
        return regions.names()


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR
