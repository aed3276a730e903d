"""Numbers of findings as people read them: ``1 error · 2 warnings · 1 suggestion``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from distui.core import Finding, Severity
from distui.core.text.pluralize import pluralize

_NOUNS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "suggestion",
}


def finding_counts(findings: Iterable[Finding], *, prefix: str = "") -> list[str]:
    """Return a text for each severity that occurs, the most severe first.

    With ``prefix="more "`` the texts are like ``2 more errors``.
    """
    counts = Counter(finding.severity for finding in findings)
    return [
        pluralize(counts[severity], f"{prefix}{noun}")
        for severity, noun in _NOUNS.items()
        if counts[severity]
    ]
