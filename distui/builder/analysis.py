"""The one read path: what a draft says and what is wrong with it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from distui.builder.state.dismissals import first_of_each, without_dismissed
from distui.builder.state.draft_state import (
    DraftState,
    duplicate_key_findings,
    load_region,
    load_state,
    split_lines,
    to_document,
    without_distributions,
)
from distui.builder.team_rules import team_rules
from distui.core import Context, Finding, Severity
from distui.core.caching import FrozenDict, FrozenList, ParsedDict, cached_by_text, freeze
from distui.core.document.unresolved import in_state, replacing, unresolved_findings
from distui.core.findings import errors
from distui.core.pointers import pointer, region_indices, value_at
from distui.core.rule_settings.apply import check_under, with_severities
from distui.core.rule_settings.settings import RuleSettings
from distui.core.rule_settings.waivers import with_waivers
from distui.core.schema import shapes
from distui.core.text.pluralize import severity_counts


@dataclass(frozen=True, eq=False)
class FindingIndex:
    """Findings by severity and by the Region that they are in, None for outside of Regions."""

    all: tuple[Finding, ...]

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """Return those that block submitting."""
        return tuple(errors(self.all))

    @cached_property
    def notices(self) -> tuple[Finding, ...]:
        """Return warnings and suggestions."""
        return tuple(finding for finding in self.all if finding.severity is not Severity.ERROR)

    @property
    def counts(self) -> str:
        """Return how many there are: ``1 error · 2 warnings · 1 suggestion``."""
        return severity_counts(self.all) or "No problems found"

    @property
    def counts_by_severity(self) -> list[tuple[Severity, int]]:
        """Return the number of findings of each severity, the most severe first."""
        return [*zip(Severity, _counts(self.all), strict=True)]

    @cached_property
    def by_region(self) -> Mapping[int | None, tuple[Finding, ...]]:
        """Return all findings by the index of their Region."""
        found = defaultdict[int | None, list[Finding]](list)
        for index, finding in zip(_regions_of(self.all), self.all, strict=True):
            found[index].append(finding)
        return MappingProxyType({index: tuple(items) for index, items in found.items()})

    @cached_property
    def counts_by_region(self) -> Mapping[int | None, tuple[int, int, int]]:
        """Return the numbers of errors, warnings and suggestions by the index of their Region."""
        counts = {region: _counts(found) for region, found in self.by_region.items()}
        return MappingProxyType(counts)


def _counts(findings: Iterable[Finding]) -> tuple[int, int, int]:
    found = [finding.severity for finding in findings]
    return found.count(Severity.ERROR), found.count(Severity.WARNING), found.count(Severity.INFO)


def _regions_of(findings: Iterable[Finding]) -> list[int | None]:
    return region_indices([finding.pointer for finding in findings])


@dataclass(frozen=True, slots=True)
class Analysis:
    """A draft's state, its document without the client token, and their findings.

    State and document are shared and can't be changed. Regions that say the same are the same
    objects, also those of another draft or revision.
    """

    state: DraftState
    document: dict[str, Any]
    findings: FindingIndex

    def with_findings(self, more: Iterable[Finding]) -> Analysis:
        """Return the same with these findings first."""
        added = tuple(more)
        if not added:
            return self
        return replace(self, findings=FindingIndex((*added, *self.findings.all)))

    def without_dismissed(self, dismissed: Sequence[Mapping[str, Any]]) -> Analysis:
        """Return the same without the warnings and suggestions that were dismissed."""
        if not dismissed:
            return self
        items = self.document.get("distributions", ())
        kept = without_dismissed(self.findings.all, items, dismissed)
        return replace(self, findings=FindingIndex(tuple(kept)))

    def with_rejections(self, rejections: Iterable[Mapping[str, Any]]) -> Analysis:
        """Return the same with AWS's rejections of unchanged values as the last findings."""
        rejected = [
            Finding("AWS", Severity.ERROR, found["pointer"], found["message"], source="AWS")
            for found in rejections
            if value_at(self.document, found["pointer"], None) == found["value"]
        ]
        if not rejected:
            return self
        return replace(self, findings=FindingIndex((*self.findings.all, *rejected)))


def analyze(text: str, context: Context) -> Analysis:
    """Return a draft's text parsed and checked, under the team's settings."""
    rules = team_rules()
    return _analyze(text, context, rules, date.today() if rules.waivers else date.min)


@cached_by_text(maxsize=32, max_length=2_000_000, max_total=2_000_000)
def _analyze(text: str, context: Context, rules: RuleSettings, today: date) -> Analysis:
    state, lines = load_state(text), split_lines(text)[1]
    regions = [*map(_region, lines)]
    document = dict(freeze(to_document(without_distributions(state))))
    rest = without_distributions(state)
    duplicates, unresolved = duplicate_key_findings(rest), unresolved_findings(rest, text=text)
    if "distributions" in state:
        document["distributions"] = FrozenList(region.document for region in regions)
    for index, region in enumerate(regions):
        place = f"/distributions/{index}"
        duplicates += [found.moved("", place) for found in region.duplicates]
        unresolved += [found.moved(pointer(_ANY_REGION), place) for found in region.unresolved]
    texts = [region.document.text for region in regions]
    findings = check_under(document, context, rules, texts=texts)
    if rules.waivers:
        waived = with_waivers(findings, document, rules.waivers, today)
        findings = with_severities(waived, rules)
    findings = in_state(findings, state, unresolved)
    found = first_of_each((*replacing(findings, unresolved), *duplicates))
    return Analysis(state, FrozenDict(document), FindingIndex(tuple(found)))


_ANY_REGION = ("distributions", 0)  # of the findings of a Region before its own index is known


class _Region(NamedTuple):
    document: ParsedDict
    duplicates: tuple[Finding, ...]
    unresolved: tuple[Finding, ...]


@cached_by_text(maxsize=1024, max_length=2_000_000, max_total=2_000_000)
def _region(line: str) -> _Region:
    state = load_region(line)
    shape = shapes.shape("Distribution")
    document = ParsedDict.parse(json.dumps(to_document(state, shape)))
    duplicates = tuple(duplicate_key_findings(state, shape))
    return _Region(document, duplicates, tuple(unresolved_findings(state, _ANY_REGION, line)))
