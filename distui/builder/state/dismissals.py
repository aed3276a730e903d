"""Findings that people dismissed for a draft, and suggestions that are shown once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from distui.core import Finding, Severity
from distui.core.pointers import region_index

# Suggestions about a kind of resource, not about one place: the first place is enough.
_ONCE = {"L033", "L054"}

Stored = Mapping[str, Any]  # {"rule", "message", "place", "reason", "by", "at"}


def first_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings; of suggestions that are the same everywhere only the first."""
    first: dict[tuple[str, str], Finding] = {}
    return [
        finding
        for finding in findings
        if finding.rule not in _ONCE
        or finding.severity is not Severity.INFO
        or first.setdefault((finding.rule, finding.message), finding) is finding
    ]


def place_of(finding: Finding, items: Sequence[Mapping[str, Any]]) -> str:
    """Return where the finding is, by its Region's code: it stays the same when Regions move.

    ``items`` are the document's distributions. Suggestions that are shown once have no place.
    """
    if finding.rule in _ONCE:
        return ""
    index = region_index(finding.pointer)
    if index is None or index >= len(items) or not items[index].get("region"):
        return finding.pointer
    start = f"/distributions/{index}"
    return f"{items[index]['region']}{finding.pointer[len(start) :]}"


def dismissal(
    finding: Finding, items: Sequence[Mapping[str, Any]], *, reason: str, by: str, at: str
) -> dict[str, str]:
    """Return the row that dismisses the finding, as a draft stores it."""
    place = place_of(finding, items)
    return {
        "rule": finding.rule,
        "message": finding.message,
        "place": place,
        "reason": reason,
        "by": by,
        "at": at,
    }


def without_dismissed(
    findings: Iterable[Finding], items: Sequence[Mapping[str, Any]], dismissed: Iterable[Stored]
) -> list[Finding]:
    """Return the findings that were not dismissed; errors can't be."""
    keys = {(row["rule"], row["message"], row["place"]) for row in dismissed}
    return [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR
        or (finding.rule, finding.message, place_of(finding, items)) not in keys
    ]
