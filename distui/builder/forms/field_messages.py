"""The findings that the page shows at a control or at a group of controls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from distui.core import Finding
from distui.core.text.pluralize import severity_counts

_MAX_SHOWN = 5


class FieldMessages(NamedTuple):
    """The findings at one element: its HTML id, the pointer of what it edits, the findings.

    With ``by_line`` the element shows a list, and findings of its items name the line.
    """

    id: str
    pointer: str
    findings: Sequence[Finding] = ()
    by_line: bool = False

    @property
    def shown(self) -> Sequence[Finding]:
        """Return the findings that are shown in full."""
        first = self.findings[:_MAX_SHOWN]
        return [*map(self._with_line, first)] if self.by_line else first

    def _with_line(self, finding: Finding) -> Finding:
        if finding.pointer == self.pointer:
            return finding
        index = int(finding.pointer[len(self.pointer) + 1 :].partition("/")[0])
        return replace(finding, message=f"Entry {index + 1}: {finding.message}")

    @property
    def more(self) -> str:
        """Return the counts of the others, ``2 more errors · 1 more warning``, or ``""``."""
        return severity_counts(self.findings[_MAX_SHOWN:], prefix="more ")
