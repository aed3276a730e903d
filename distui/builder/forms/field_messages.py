"""Where on the page stands what was found of a member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from distui.core import Finding
from distui.core.text.pluralize import pluralize

_SHOWN = 5


class FieldMessages(NamedTuple):
    """A place for findings: the HTML id of what it belongs to, its pointer, and what is there."""

    id: str
    pointer: str
    findings: Sequence[Finding] = ()

    @property
    def shown(self) -> Sequence[Finding]:
        """Those for which there is room."""
        return self.findings[:_SHOWN]

    @property
    def more(self) -> str:
        """The others in words: ``2 more errors, 1 more warning``; empty where there are none."""
        kinds = Counter(finding.severity for finding in self.findings[_SHOWN:])
        return ", ".join(pluralize(count, f"more {kind}") for kind, count in kinds.items())
