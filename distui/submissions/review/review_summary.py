"""The content of the review page: a draft's findings, outcome and request body."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from distui.builder.analysis import Analysis
from distui.builder.editor.preview import highlight
from distui.builder.finding_groups import (
    ERRORS,
    FindingGroup,
    LocatedFinding,
    group_findings,
    title_for,
)
from distui.builder.forms.element_ids import field_link
from distui.builder.forms.locations import location, region_label
from distui.builder.links import dismiss_url
from distui.builder.models import Draft
from distui.builder.outcome.summary import sentence
from distui.builder.outcome.table import RegionRows, region_rows
from distui.builder.rule_context import request_of
from distui.core import Finding
from distui.core.document import printing
from distui.core.forecast import Forecast, forecast
from distui.core.pointers import region_index, value_at
from distui.submissions.history.table_rows import region_codes
from distui.targets.models import Target

_MOST_ROWS = 25  # of a Region
_MOST_PLACES = 100  # of one message
_GROUPS = "/amiDistributionConfiguration/launchPermission/userGroups"


@dataclass(frozen=True)
class ReviewSummary:
    """A draft and its findings, as shown before submitting.

    With ``one_target``, the user has no other than the ``target``. Of many findings only the first
    ones are shown, without ``all_findings``.
    """

    draft: Draft
    analysis: Analysis
    target: Target | None = None
    one_target: bool = False
    all_findings: bool = False

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

    @cached_property
    def forecast(self) -> Forecast:
        """Return what a build produces."""
        target = self.target
        account, region = (target.account, target.region) if target else ("", "")
        moment = self.draft.updated_at
        return forecast(self.document, moment, own_account=account, home_region=region)

    @property
    def outcome(self) -> str:
        """Return a sentence that says what a build produces."""
        return sentence(self.forecast.totals)

    @cached_property
    def region_rows(self) -> list[RegionRows]:
        """Return the rows of the outcome's table."""
        return region_rows(self.forecast, most=_MOST_ROWS)

    @cached_property
    def is_blocked(self) -> bool:
        """Return True if the draft has errors for any target."""
        if not self.errors or self.one_target:
            return bool(self.errors)
        return any(title_for(found) == ERRORS for found in self.draft.analyze().findings.errors)

    @property
    def body(self) -> SafeString:
        """Return the exact request body, highlighted."""
        return highlight(printing.dumps(request_of(self.document, self.draft.client_token)))

    @cached_property
    def errors(self) -> list[Finding]:
        """Return the findings that block submitting."""
        return [finding for finding in self.findings if title_for(finding) == ERRORS]

    @property
    def first_errors(self) -> list[LocatedFinding]:
        """Return the errors that the page begins with after it was posted."""
        return [*map(self._locate, self.errors[:_MOST_PLACES])]

    @property
    def groups(self) -> list[FindingGroup]:
        """Return the findings in groups, most severe first."""
        if self.all_findings:
            return group_findings(self.findings, self._locate, limit=sys.maxsize)
        return group_findings(self.findings, self._locate, most=_MOST_PLACES)

    def _locate(self, finding: Finding) -> LocatedFinding:
        index, items = region_index(finding.pointer), self.document.get("distributions", [])
        href = reverse("builder:edit-draft", args=[self.draft.pk]) + field_link(finding.pointer)
        region = "" if index is None else region_label(items[index].get("region"), index)
        dismiss = f"{dismiss_url(self.draft.pk, f'{finding.rule}:{finding.pointer}')}&next=review"
        return LocatedFinding(finding, href, region, location(items, finding.pointer), dismiss)


def makes_public(document: Mapping[str, Any]) -> bool:
    """Return True if any AMI of the document or state could be launched by every AWS account."""
    items = document.get("distributions")
    groups = [value_at(item, _GROUPS) for item in items] if isinstance(items, list) else ()
    return any(isinstance(names, list) and "all" in names for names in groups)
