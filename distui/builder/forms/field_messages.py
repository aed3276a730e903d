"""The findings that the page shows at a control or at a group of controls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from distui.core import Finding
from distui.core.text.pluralize import severity_counts

_MAX_SHOWN = 5


class FieldMessages(NamedTuple):
    """The findings at one element: its HTML id, the pointer of what it edits, the findings."""

    id: str
    pointer: str
    findings: Sequence[Finding] = ()

    @property
    def shown(self) -> Sequence[Finding]:
        """Return the findings that are shown in full."""
        return self.findings[:_MAX_SHOWN]

    @property
    def more(self) -> str:
        """Return the counts of the others, ``2 more errors · 1 more warning``, or ``""``."""
        return severity_counts(self.findings[_MAX_SHOWN:], prefix="more ")
