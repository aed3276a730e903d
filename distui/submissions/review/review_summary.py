"""What the review page says of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from distui.builder.editor.preview import highlight
from distui.builder.forms.element_ids import field_link
from distui.builder.forms.labels import location, region_label
from distui.builder.models import Draft
from distui.builder.outcome.summary import sentence
from distui.core import Finding, Severity
from distui.core.forecast import forecast
from distui.core.pointers import region_index
from distui.submissions.history.table_rows import region_codes

_BARRING = "To solve before submitting"
# AWS may think otherwise by now, so what it refused before bars nothing.
_REFUSED = "Refused by AWS before"
_TITLES = {
    Severity.ERROR: _BARRING,
    Severity.WARNING: "Worth a second look",
    Severity.INFO: "Good to know",
}
_ORDER = [_BARRING, _REFUSED, _TITLES[Severity.WARNING], _TITLES[Severity.INFO]]


class LocatedFinding(NamedTuple):
    """A finding, the address at which it can be mended, its Region and what the place is called."""

    finding: Finding
    href: str
    region: str
    name: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind: each message once, with all the places that it is true of."""

    severity: Severity
    title: str
    places: dict[str, list[LocatedFinding]]

    @property
    def count(self) -> int:
        """How many findings they are."""
        return sum(map(len, self.places.values()))


@dataclass(frozen=True)
class ReviewSummary:
    """A draft and its findings, as they are shown before it is submitted."""

    draft: Draft
    findings: list[Finding]

    @cached_property
    def document(self) -> dict[str, Any]:
        """The draft's document, read once."""
        return self.draft.document

    @property
    def regions(self) -> list[str]:
        """The Regions that the image goes to."""
        return region_codes(self.document)

    @property
    def outcome(self) -> str:
        """What will exist afterwards, in short."""
        return sentence(forecast(self.document, self.draft.updated_at).totals)

    @property
    def body(self) -> SafeString:
        """The exact request body, coloured."""
        return highlight(self.draft.body())

    @property
    def errors(self) -> list[LocatedFinding]:
        """What bars submitting."""
        return [self._place(found) for found in self.findings if _title(found) == _BARRING]

    @property
    def groups(self) -> list[FindingGroup]:
        """The findings, the gravest first."""
        groups: dict[str, FindingGroup] = {}
        for finding in sorted(self.findings, key=lambda found: _ORDER.index(_title(found))):
            title = _title(finding)
            group = groups.setdefault(title, FindingGroup(finding.severity, title, {}))
            group.places.setdefault(finding.message, []).append(self._place(finding))
        return list(groups.values())

    def _place(self, finding: Finding) -> LocatedFinding:
        index, items = region_index(finding.pointer), self.document.get("distributions", [])
        href = reverse("builder:edit-draft", args=[self.draft.pk]) + field_link(finding.pointer)
        code = "" if index is None else region_label(items[index].get("region"), index)
        return LocatedFinding(finding, href, code, location(items, finding.pointer))


def _title(finding: Finding) -> str:
    return _REFUSED if finding.source == "AWS" else _TITLES[finding.severity]


def makes_public(document: dict[str, Any]) -> bool:
    """Whether some AMI of it could be started by every AWS account."""
    return any(
        "all" in _permission(distribution).get("userGroups", ())
        for distribution in document.get("distributions", ())
    )


def _permission(distribution: dict[str, Any]) -> dict[str, Any]:
    ami = distribution.get("amiDistributionConfiguration", {})
    found: dict[str, Any] = ami.get("launchPermission", {})
    return found
