"""What a draft says and what is wrong with it, remembered: the page before had most of it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from distui.builder.state import State, document_of, findings_of, state_of
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
    state = state_of(text)
    regions = [_region(json.dumps(item)) for item in state.get("distributions", ())]
    outside = {name: value for name, value in state.items() if name != "distributions"}
    document = document_of(outside)
    doubled = findings_of(outside)
    if "distributions" in state:
        state = state | {"distributions": [region.state for region in regions]}
        document["distributions"] = [region.document for region in regions]
    for index, region in enumerate(regions):
        doubled += [finding.moved("", f"/distributions/{index}") for finding in region.doubled]
    return Judged(state, document, (*check(document, known), *doubled))


class _Region(NamedTuple):
    state: State
    document: dict[str, Any]
    doubled: list[Finding]


@remembered(answers=1024, longest=32_000)
def _region(text: str) -> _Region:
    state = json.loads(text)
    shape = spec.shape("Distribution")
    return _Region(state, document_of(state, shape), findings_of(state, shape))
