"""The editor's page of a draft: its Regions, findings and preview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from distui.builder.analysis import Analysis, FindingIndex, analyze
from distui.builder.editor import preview, rendering
from distui.builder.editor.region_card import RegionCard
from distui.builder.editor.request import TargetControl, new_page_id
from distui.builder.editor.save import SaveResult
from distui.builder.finding_groups import FindingGroup, LocatedFinding, group_findings
from distui.builder.formats.format_tabs import FORMATS, Format
from distui.builder.forms.element_ids import element_id, field_link, is_within
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.locations import location, region_label
from distui.builder.forms.parts import own_findings
from distui.builder.groups.models import NamedGroup
from distui.builder.importing.paste import Paste
from distui.builder.models import Draft, EditSession
from distui.builder.rule_context import chosen_target, context_of, request_of
from distui.builder.state import summaries
from distui.builder.state.draft_state import DraftState, dump_state
from distui.core import Context, Finding
from distui.core.document.unresolved import without_mark
from distui.core.pointers import region_index
from distui.core.reference import regions
from distui.core.schema import shapes
from distui.targets.models import Target

_MOST_PLACES = 3  # of one message; the review lists more


class EditorPage:
    """A draft as its page shows it; ``open`` is the index of the Region whose form is there.

    ``result`` is the result of the post that the page answers. Missing values are reported at
    their controls only with ``strict``, after a save, or once the control was ``visited``. At the
    ``quiet`` controls nothing is shown: the person is in them for the first time. ``page`` is the
    page's own id, ``user`` the person who is there, who may submit to the ``targets``. The page
    shows the draft's target, unless ``target_control`` says what it showed before. ``pasted`` is
    the box that edits the draft as JSON, None if it is closed.
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
        targets: Sequence[Target] | None = None,
        target_control: TargetControl | None = None,
        context: Context | None = None,
        pasted: Paste | None = None,
    ) -> None:
        self.draft, self.user, self.strict = draft, user, strict
        self.visited, self.quiet = visited, quiet
        self.page, self.pasted = page or new_page_id(), pasted
        self.result = result or SaveResult(open)
        self.targets = [*Target.objects.usable_by(user)] if targets is None else targets
        self.target_control = target_control or TargetControl(draft.target_id, draft.target_id)
        self.context = context or context_of(self.targets, self.target_control.base)
        self.analysis = self._analyze(self.result.unsaved if state is None else state)
        self.state = self.analysis.state
        self.count = len(self.state.get("distributions", ()))
        wanted = self.result.open
        self.open = wanted if wanted is not None and wanted < self.count else None

    def _analyze(self, state: DraftState | None) -> Analysis:
        if state is None:
            found = self.draft.analyze(self.context)
        else:
            found = analyze(dump_state(state), self.context)
            found = found.without_dismissed(self.draft.dismissed)
            found = found.with_rejections(self.draft.rejections)
        return found.with_findings(self.result.integrity_errors)

    @property
    def target(self) -> Target | None:
        """Return the selected target."""
        return chosen_target(self.targets, self.target_control.selected)

    @property
    def target_base(self) -> Target | None:
        """Return the target that the draft is checked for."""
        return chosen_target(self.targets, self.target_control.base)

    @property
    def first_targets(self) -> list[Target]:
        """Return the targets that are offered without a search."""
        return Draft.objects.first_targets(self.user, self.targets, self.target)

    @property
    def name(self) -> str:
        """Return the page's title."""
        name = without_mark(str(self.state.get("name", "")))
        return name or "New distribution configuration"

    @property
    def last_editor(self) -> str:
        """Return the name of the colleague who saved last, "" if it was the person."""
        by = self.draft.edited_by_id
        editor = self.draft.edited_by if by and by != self.user.pk else None
        return editor.get_username() if editor else ""

    @cached_property
    def unsaved(self) -> list[EditSession]:
        """Return the pages whose unsaved changes wait for a choice, the newest first."""
        return [*self.draft.sessions.unsaved()]

    @property
    def formats(self) -> Iterable[Format]:
        """Return the formats that the preview offers."""
        return FORMATS.values()

    @property
    def saved(self) -> bool:
        """Return True if the draft says what the page shows."""
        return self.result.unsaved is None

    @cached_property
    def request(self) -> dict[str, Any]:
        """Return the request as it would be sent."""
        return request_of(self.analysis.document, self.draft.client_token)

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
        if self.strict or not finding.missing or control in self.visited:
            return True
        return is_within(control, self.visited) and not is_within(control, self.quiet)

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
    def _groups(self) -> dict[str, tuple[rendering.GroupOption, ...]]:
        return rendering.GroupOption.by_kind(self.user)

    @property
    def account_groups(self) -> tuple[rendering.GroupOption, ...]:
        """Return the groups of accounts that the person may insert."""
        return self._groups[NamedGroup.Kind.ACCOUNTS]

    @property
    def region_groups(self) -> tuple[rendering.GroupOption, ...]:
        """Return the groups of Regions that the person may insert."""
        return self._groups[NamedGroup.Kind.REGIONS]

    @property
    def general_counts(self) -> tuple[int, int, int]:
        """Return the number of errors, warnings and suggestions outside of Regions."""
        return self._counts(None)

    def _counts(self, region: int | None) -> tuple[int, int, int]:
        return self.findings.counts_by_region.get(region, (0, 0, 0))

    @cached_property
    def cards(self) -> list[RegionCard]:
        """Return all Regions in order."""
        return [*map(self.region_card, range(self.count))]

    def region_card(self, index: int) -> RegionCard:
        """Return the Region of that index."""
        item = self.items[index]
        code, is_open = str(item.get("region", "")), index == self.open
        labels = () if is_open else summaries.summary_labels(item)
        return RegionCard(index, self.count, code, labels, self._counts(index), is_open)

    @cached_property
    def card(self) -> RegionCard | None:
        """Return the open Region."""
        return None if self.open is None else self.region_card(self.open)

    @property
    def region_codes(self) -> list[Any]:
        """Return the codes of all Regions, by which findings name their place."""
        return [item.get("region") for item in self.items]

    @property
    def finding_groups(self) -> list[FindingGroup]:
        """Return the findings in the groups that the review shows, with some of their places."""
        return group_findings(self.findings.all, self._locate, most=_MOST_PLACES)

    @property
    def summary(self) -> list[LocatedFinding]:
        """Return the errors that the page begins with after a save, one for each control."""
        if not (self.strict or self.result.integrity_errors):
            return []
        errors = [*map(self._locate, self.findings.errors)]
        first = {item.href: item for item in reversed(errors)}
        return list(reversed(first.values()))

    def _locate(self, finding: Finding) -> LocatedFinding:
        pointer, index = finding.pointer, region_index(finding.pointer)
        region = ""
        if index is not None and index < len(self.items):
            region = region_label(self.items[index].get("region"), index)
        href = field_link(pointer, self.open)
        return LocatedFinding(finding, href, region, location(self.items, pointer))

    @cached_property
    def preview(self) -> list[preview.PreviewSection]:
        """Return the sections of the preview."""
        return preview.preview_sections(self.request, self.open)

    @property
    def known_regions(self) -> Mapping[str, str]:
        """Return what the Region's control proposes."""
        return regions.names()
