"""What a draft says and what is wrong with it, remembered: the page before had most of it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cached_property
from typing import Any, NamedTuple

from distui.builder.forms.element_ids import region
from distui.builder.state.draft_state import (
    State,
    document_of,
    findings_of,
    lines_of,
    outside,
    region_of,
    state_of,
)
from distui.core import Context, Finding, Severity, check
from distui.core.caching import remembered
from distui.core.findings import errors
from distui.core.schema import shapes


class Told:
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
            found.setdefault(region(finding.pointer), []).append(finding)
        return found

    @cached_property
    def errors_at(self) -> Counter[int | None]:
        """How many errors stand where."""
        return Counter(region(finding.pointer) for finding in self.errors)


class Judged(NamedTuple):
    """A state, its document and their findings; all are shared, and nobody changes them.

    Regions that say the same are the same objects, also those of another draft or revision.
    """

    state: State
    document: dict[str, Any]
    told: Told


@remembered(answers=8, longest=1_000_000)
def judged(text: str, known: Context) -> Judged:
    """The draft's text, read and checked."""
    state, lines = state_of(text), lines_of(text)[1]
    regions = [*map(_region, lines)]
    document = document_of(outside(state))
    doubled = findings_of(outside(state))
    if "distributions" in state:
        document["distributions"] = [one.document for one in regions]
    for index, one in enumerate(regions):
        doubled += [finding.moved("", f"/distributions/{index}") for finding in one.doubled]
    found = check(document, known, texts=[one.text for one in regions])
    return Judged(state, document, Told((*found, *doubled)))


class _Region(NamedTuple):
    document: dict[str, Any]
    text: str  # of the document
    doubled: list[Finding]


@remembered(answers=1024, longest=32_000)
def _region(line: str) -> _Region:
    state = region_of(line)
    shape = shapes.shape("Distribution")
    document = document_of(state, shape)
    return _Region(document, json.dumps(document), findings_of(state, shape))
