"""What a draft says and what is wrong with it, remembered: the page before had most of it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from distui.builder.state import (
    State,
    document_of,
    findings_of,
    lines_of,
    outside,
    region_of,
    state_of,
)
from distui.core import Context, Finding, check, spec
from distui.core.remembering import remembered


class Judged(NamedTuple):
    """A state, its document and their findings; all are shared, and nobody changes them.

    Regions that say the same are the same objects, also those of another draft or revision.
    """

    state: State
    document: dict[str, Any]
    findings: tuple[Finding, ...]


@remembered(answers=8, longest=1_000_000)
def judged(text: str, known: Context) -> Judged:
    """The draft's text, read and checked."""
    state, lines = state_of(text), lines_of(text)[1]
    regions = [*map(_region, lines)]
    document = document_of(outside(state))
    doubled = findings_of(outside(state))
    if "distributions" in state:
        document["distributions"] = [region.document for region in regions]
    for index, region in enumerate(regions):
        doubled += [finding.moved("", f"/distributions/{index}") for finding in region.doubled]
    found = check(document, known, texts=[region.text for region in regions])
    return Judged(state, document, (*found, *doubled))


class _Region(NamedTuple):
    document: dict[str, Any]
    text: str  # of the document
    doubled: list[Finding]


@remembered(answers=1024, longest=32_000)
def _region(line: str) -> _Region:
    state = region_of(line)
    shape = spec.shape("Distribution")
    document = document_of(state, shape)
    return _Region(document, json.dumps(document), findings_of(state, shape))
