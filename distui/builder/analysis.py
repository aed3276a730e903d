"""What a draft says and what is wrong with it, remembered: the page before had most of it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cached_property
from typing import Any, NamedTuple

from distui.builder.state.draft_state import (
    DraftState,
    duplicate_key_findings,
    load_region,
    load_state,
    split_lines,
    to_document,
    without_distributions,
)
from distui.core import Context, Finding, Severity, check
from distui.core.caching import cached_by_text
from distui.core.findings import errors
from distui.core.pointers import region_index
from distui.core.schema import shapes


class FindingIndex:
    """Findings, by severity and by the Region that they stand in, None for outside of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings

    @cached_property
    def errors(self) -> list[Finding]:
        """Those that bar submitting."""
        return errors(self.findings)

    @cached_property
    def notices(self) -> list[Finding]:
        """Warnings and information."""
        return [finding for finding in self.findings if finding.severity is not Severity.ERROR]

    @cached_property
    def at(self) -> dict[int | None, list[Finding]]:
        """All of them, by place."""
        found: dict[int | None, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(region_index(finding.pointer), []).append(finding)
        return found

    @cached_property
    def errors_at(self) -> Counter[int | None]:
        """How many errors stand where."""
        return Counter(region_index(finding.pointer) for finding in self.errors)


class Analysis(NamedTuple):
    """A state, its document and their findings; all are shared, and nobody changes them.

    Regions that say the same are the same objects, also those of another draft or revision.
    """

    state: DraftState
    document: dict[str, Any]
    told: FindingIndex


@cached_by_text(maxsize=8, max_length=1_000_000)
def analyze(text: str, known: Context) -> Analysis:
    """The draft's text, read and checked."""
    state, lines = load_state(text), split_lines(text)[1]
    regions = [*map(_region, lines)]
    document = to_document(without_distributions(state))
    doubled = duplicate_key_findings(without_distributions(state))
    if "distributions" in state:
        document["distributions"] = [one.document for one in regions]
    for index, one in enumerate(regions):
        doubled += [finding.moved("", f"/distributions/{index}") for finding in one.doubled]
    found = check(document, known, texts=[one.text for one in regions])
    return Analysis(state, document, FindingIndex((*found, *doubled)))


class _Region(NamedTuple):
    document: dict[str, Any]
    text: str  # of the document
    doubled: list[Finding]


@cached_by_text(maxsize=1024, max_length=32_000)
def _region(line: str) -> _Region:
    state = load_region(line)
    shape = shapes.shape("Distribution")
    document = to_document(state, shape)
    return _Region(document, json.dumps(document), duplicate_key_findings(state, shape))
