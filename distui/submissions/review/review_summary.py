"""The content of the review page: a draft's findings, outcome and request body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from distui.builder.analysis import Analysis
from distui.builder.editor.preview import highlight
from distui.builder.forms.element_ids import field_link
from distui.builder.forms.locations import location, region_label
from distui.builder.links import dismiss_url
from distui.builder.models import Draft
from distui.builder.outcome.summary import sentence
from distui.core import Finding, Severity
from distui.core.forecast import forecast
from distui.core.pointers import items_at, region_index, value_at
from distui.core.schema import shapes
from distui.submissions.history.table_rows import region_codes
from distui.targets.models import Target

_ERRORS = "Errors"
_GROUPS = "/amiDistributionConfiguration/launchPermission/userGroups"
# These don't block submitting: AWS may accept the request now.
_REJECTED_EARLIER = "Rejected by AWS earlier"
_TITLES = {
    Severity.ERROR: _ERRORS,
    Severity.WARNING: "Warnings",
    Severity.INFO: "Suggestions",
}
_ORDER = [_ERRORS, _REJECTED_EARLIER, _TITLES[Severity.WARNING], _TITLES[Severity.INFO]]


class LocatedFinding(NamedTuple):
    """A finding, the URL of its field in the editor, its Region, and its field's label.

    ``dismiss_href`` leads to the page that dismisses it.
    """

    finding: Finding
    href: str
    region: str
    label: str
    dismiss_href: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind, grouped by message."""

    severity: Severity
    title: str
    by_message: dict[str, list[LocatedFinding]]

    @property
    def count(self) -> int:
        """Return the number of findings."""
        return sum(map(len, self.by_message.values()))


@dataclass(frozen=True)
class ReviewSummary:
    """A draft and its findings, as shown before submitting."""

    draft: Draft
    analysis: Analysis
    target: Target | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings."""
        return self.analysis.findings.all

    @property
    def document(self) -> dict[str, Any]:
        """Return the draft's document."""
        return self.analysis.document

    @property
    def regions(self) -> list[str]:
        """Return the Regions that images are distributed to."""
        return region_codes(self.document)

    @property
    def outcome(self) -> str:
        """Return a sentence that says what a build produces."""
        target, moment = self.target, self.draft.updated_at
        account, region = (target.account, target.region) if target else ("", "")
        outcome = forecast(self.document, moment, own_account=account, home_region=region)
        return sentence(outcome.totals)

    @property
    def body(self) -> SafeString:
        """Return the exact request body, highlighted."""
        return highlight(self.draft.body())

    @property
    def errors(self) -> list[LocatedFinding]:
        """Return the findings that block submitting."""
        return [self._locate(finding) for finding in self.findings if _title(finding) == _ERRORS]

    @property
    def groups(self) -> list[FindingGroup]:
        """Return the findings in groups, most severe first."""
        groups: dict[str, FindingGroup] = {}
        for finding in sorted(self.findings, key=lambda finding: _ORDER.index(_title(finding))):
            title = _title(finding)
            group = groups.setdefault(title, FindingGroup(finding.severity, title, {}))
            group.by_message.setdefault(finding.message, []).append(self._locate(finding))
        return list(groups.values())

    def _locate(self, finding: Finding) -> LocatedFinding:
        index, items = region_index(finding.pointer), self.document.get("distributions", [])
        href = reverse("builder:edit-draft", args=[self.draft.pk]) + field_link(finding.pointer)
        region = "" if index is None else region_label(items[index].get("region"), index)
        dismiss = f"{dismiss_url(self.draft.pk, f'{finding.rule}:{finding.pointer}')}&next=review"
        return LocatedFinding(finding, href, region, location(items, finding.pointer), dismiss)


def _title(finding: Finding) -> str:
    return _REJECTED_EARLIER if finding.source == "AWS" else _TITLES[finding.severity]


def makes_public(document: dict[str, Any]) -> bool:
    """Return True if any AMI of the document could be launched by every AWS account."""
    typed = shapes.well_typed(document, shapes.shape())
    return any("all" in value_at(item, _GROUPS) for _, item in items_at(typed, "/distributions"))
