"""Counts with their nouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from distui.core.findings import Finding, Severity

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "suggestion"}


def pluralize(number: int, noun: str, plural: str = "") -> str:
    """Return the number with the noun's singular or plural: ``1 copy``, ``1,536 accounts``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def first_names(names: Sequence[str], *, most: int, noun: str = "") -> str:
    """Return the first ``most`` names and how many more there are: ``a, b and 2 more Regions``."""
    more = len(names) - most
    counted = pluralize(more, f"more {noun}") if noun else f"{more:,} more"
    return ", ".join(names[:most]) + (f" and {counted}" if more > 0 else "")


def severity_counts(findings: Iterable[Finding], *, prefix: str = "") -> str:
    """Return how many findings there are of each severity: ``1 error · 2 warnings``, or "".

    With ``prefix="more "`` it is ``1 more error · 2 more warnings``.
    """
    counts = Counter([finding.severity for finding in findings])
    return " · ".join(
        severity_count(kind, counts[kind], prefix=prefix) for kind in _NOUNS if counts[kind]
    )


def severity_count(severity: Severity, count: int, *, prefix: str = "") -> str:
    """Return the number of findings of a severity with its noun: ``2 warnings``."""
    return pluralize(count, f"{prefix}{_NOUNS[severity]}")
