"""What a draft says and what is wrong with it, remembered: the page before had most of it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from distui.builder.state import State, document_of, findings_of
from distui.core import Context, Finding, check


class Judged(NamedTuple):
    """A state, its document and their findings; all are shared, and nobody changes them."""

    state: State
    document: dict[str, Any]
    findings: tuple[Finding, ...]


@lru_cache(maxsize=8)
def judged(text: str, known: Context) -> Judged:
    """The draft's text, read and checked."""
    state: State = json.loads(text)
    document: dict[str, Any] = document_of(state)
    return Judged(state, document, (*check(document, known), *findings_of(state)))
