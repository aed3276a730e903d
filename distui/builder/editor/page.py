"""The editor's page of a draft: its Regions, findings and preview."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from distui.builder.analysis import Analysis, FindingIndex, analyze
from distui.builder.editor import preview, rendering
from distui.builder.editor.region_card import RegionCard
from distui.builder.editor.request import new_page_id
from distui.builder.editor.save import SaveResult
from distui.builder.forms.element_ids import element_id, field_link, is_within
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.locations import location
from distui.builder.forms.parts import own_findings
from distui.builder.groups.models import NamedGroup
from distui.builder.models import Draft, EditSession
from distui.builder.rule_context import editing_context
from distui.builder.state import summaries
from distui.builder.state.draft_state import DraftState, dump_state
from distui.core import Finding
from distui.core.pointers import region_index
from distui.core.reference import regions
from distui.core.schema import shapes


class LocatedFinding(NamedTuple):
    """A finding, the URL at which it can be fixed, and the name of its place."""

    finding: Finding
    href: str
    place: str


class EditorPage:
    """A draft as its page shows it; ``open`` is the index of the Region whose form is there.

    ``result`` is the result of the post that the page answers. Missing values are reported at
    their controls only with ``strict``, after a save, or once the control was ``visited``. At the
    ``quiet`` controls nothing is shown: the person is in them for the first time. ``page`` is the
    page's own id, ``user`` the person who is there.
    """

    def __init__(
        self,
        draft: Draft,
        user: Any,
        *,
        open: int | None = None,
        result: SaveResult | None = None,
        state: DraftState | None = None,
        strict: bool = False,
        visited: frozenset[str] = frozenset(),
        quiet: frozenset[str] = frozenset(),
        page: str = "",
    ) -> None:
        self.draft, self.user, self.strict = draft, user, strict
        self.visited, self.quiet = visited, quiet
        self.page = page or new_page_id()
        self.result = result or SaveResult(open)
        self.analysis = self._analyze(self.result.unsaved if state is None else state)
        self.state = self.analysis.state
        self.count = len(self.state.get("distributions", ()))
        wanted = self.result.open
        self.open = wanted if wanted is not None and wanted < self.count else None

    def _analyze(self, state: DraftState | None) -> Analysis:
        if state is None:
            found = self.draft.analyze(editing_context(self.user))
        else:
            found = analyze(dump_state(state), editing_context(self.user))
            found = found.without_dismissed(self.draft.dismissed)
            found = found.with_rejections(self.draft.rejections)
        return found.with_findings(self.result.integrity_errors)

    @property
    def name(self) -> str:
        """Return the page's title."""
        return str(self.state.get("name") or "New distribution configuration")

    @property
    def unsaved(self) -> list[EditSession]:
        """Return the pages whose unsaved changes wait for a choice, the newest first."""
        return [*self.draft.sessions.unsaved()]

    @property
    def saved(self) -> bool:
        """Return True if the draft says what the page shows."""
        return self.result.unsaved is None

    @cached_property
    def request(self) -> dict[str, Any]:
        """Return the request as it would be sent."""
        return self.analysis.document | {"clientToken": self.draft.client_token}

    @property
    def items(self) -> list[dict[str, Any]]:
        """Return the distributions of the request."""
        found: list[dict[str, Any]] = self.analysis.document.get("distributions", [])
        return found

    @property
    def findings(self) -> FindingIndex:
        """Return all findings."""
        return self.analysis.findings

    def shown_findings(self, index: int | None) -> list[Finding]:
        """Return what is shown at the controls of that Region, or outside of Regions."""
        notices = [
            notice for notice in self.result.field_notices if region_index(notice.pointer) == index
        ]
        return notices + [
            finding
            for finding in self.findings.by_region.get(index, ())
            if self._is_shown(finding, element_id(finding.pointer))
        ]

    def _is_shown(self, finding: Finding, control: str) -> bool:
        if control in self.quiet:
            return False
        return self.strict or not finding.missing or is_within(control, self.visited)

    @property
    def open_messages(self) -> FieldMessages | None:
        """Return what is shown of the open Region as a whole."""
        return self._messages(self.card.id, self.card.pointer) if self.card else None

    @property
    def general_messages(self) -> FieldMessages:
        """Return what is shown of unknown members outside of Regions."""
        return self._messages("general", "")

    @property
    def regions_messages(self) -> FieldMessages:
        """Return what is shown of the list of Regions."""
        return self._messages("distributions", "/distributions")

    def _messages(self, html_id: str, pointer: str) -> FieldMessages:
        found = self.shown_findings(region_index(pointer))
        shape = shapes.shape("Distribution" if pointer.count("/") > 1 else shapes.REQUEST)
        if pointer == "/distributions":
            shape = shape.members["distributions"].shape
        return FieldMessages(html_id, pointer, own_findings(found, pointer, shape))

    @cached_property
    def general_sections(self) -> list[rendering.Section]:
        """Return the sections outside of Regions."""
        return rendering.sections(None, self.state, self.shown_findings(None))

    @cached_property
    def region_sections(self) -> list[rendering.Section]:
        """Return the sections of the open Region."""
        if self.open is None:
            return []
        state = self.state["distributions"][self.open]
        return rendering.sections(self.open, state, self.shown_findings(self.open))

    @property
    def general_html(self) -> SafeString:
        """Return the controls outside of Regions."""
        return rendering.render(self.general_sections)

    @property
    def region_html(self) -> SafeString:
        """Return the controls of the open Region."""
        return rendering.render(self.region_sections, groups=self.account_groups)

    @cached_property
    def account_groups(self) -> tuple[rendering.GroupOption, ...]:
        """Return the groups of accounts that the person may insert."""
        return rendering.GroupOption.list(self.user, NamedGroup.Kind.ACCOUNTS)

    @cached_property
    def region_groups(self) -> tuple[rendering.GroupOption, ...]:
        """Return the groups of Regions that the person may insert."""
        return rendering.GroupOption.list(self.user, NamedGroup.Kind.REGIONS)

    def error_count(self, index: int | None) -> int:
        """Return the number of errors in that Region, or outside of Regions."""
        return self.findings.error_counts.get(index, 0)

    @property
    def general_errors(self) -> int:
        """Return the number of errors outside of Regions."""
        return self.error_count(None)

    @cached_property
    def cards(self) -> list[RegionCard]:
        """Return all Regions in order."""
        return [*map(self._card, range(self.count))]

    def _card(self, index: int) -> RegionCard:
        item = self.items[index]
        code, labels = str(item.get("region", "")), summaries.summary_labels(item)
        return RegionCard(
            index, self.count, code, labels, self.error_count(index), index == self.open
        )

    @property
    def card(self) -> RegionCard | None:
        """Return the open Region."""
        return None if self.open is None else self.cards[self.open]

    @property
    def region_codes(self) -> list[Any]:
        """Return the codes of all Regions, by which findings name their place."""
        return [item.get("region") for item in self.items]

    @property
    def hidden_errors(self) -> list[RegionCard]:
        """Return the closed Regions that have errors."""
        return [card for card in self.cards if card.errors and not card.open]

    @cached_property
    def visible_findings(self) -> list[LocatedFinding]:
        """Return the findings of what the page shows in full, those outside of Regions first."""
        places = [None] if self.open is None else [None, self.open]
        return self._located(
            [found for place in places for found in self.findings.by_region.get(place, ())]
        )

    @property
    def hidden_notices(self) -> str:
        """Return how many warnings and suggestions the closed Regions have, "" if none."""
        return self.findings.notices_outside(None, self.open)

    @property
    def summary(self) -> list[LocatedFinding]:
        """Return the errors that the page begins with after a save, one for each control."""
        if not (self.strict or self.result.integrity_errors):
            return []
        first = {item.href: item for item in reversed(self._located(self.findings.errors))}
        return list(reversed(first.values()))

    def _located(self, findings: Iterable[Finding]) -> list[LocatedFinding]:
        return [
            LocatedFinding(
                found, field_link(found.pointer, self.open), location(self.items, found.pointer)
            )
            for found in findings
        ]

    @cached_property
    def preview(self) -> list[preview.PreviewSection]:
        """Return the sections of the preview."""
        return preview.preview_sections(self.request, self.open)

    @property
    def known_regions(self) -> dict[str, str]:
        """Return what the Region's control proposes."""
        return regions.names()
