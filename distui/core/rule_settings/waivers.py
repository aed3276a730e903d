"""Waivers: findings that a person accepts until a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from distui.core.findings import Finding, Severity

EXPIRED, UNUSED = "L111", "L112"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that isn't reported: its rule, and patterns of its file and its pointer.

    In patterns, ``*`` matches any characters.
    """

    rule: str
    file: str
    pointer: str
    reason: str
    person: str
    expires: date

    def covers(self, file: str, finding: Finding) -> bool:
        """Return True if the finding of a file is meant; the date is not regarded."""
        is_place = fnmatchcase(file, self.file) and fnmatchcase(finding.pointer, self.pointer)
        return self.rule == finding.rule and is_place


def without_waived(
    findings: Iterable[Finding], file: str, waivers: Sequence[Waiver], today: date
) -> tuple[list[Finding], set[int]]:
    """Return the findings of a file that no valid waiver covers, and the indices of used waivers.

    A waiver is valid on the day that it expires. An expired one that covers something is used.
    """
    kept, used = [], set()
    for finding in findings:
        covering = {index for index, one in enumerate(waivers) if one.covers(file, finding)}
        used |= covering
        if not any(waivers[index].expires >= today for index in covering):
            kept.append(finding)
    return kept, used


def waiver_findings(
    waivers: Sequence[Waiver], used: set[int], files: Sequence[str], today: date
) -> Iterator[tuple[int, Finding]]:
    """Yield the index and the finding of each waiver that has expired or covers nothing.

    A waiver of a file that was not checked covers nothing yet.
    """
    for index, waiver in enumerate(waivers):
        place = f"/waivers/{index}"
        if waiver.expires < today:
            message = (
                f"This waiver of {waiver.rule} by {waiver.person} expired on {waiver.expires}."
            )
            yield index, Finding(EXPIRED, Severity.WARNING, place, message)
        elif index not in used and any(fnmatchcase(file, waiver.file) for file in files):
            message = f"The waiver of {waiver.rule} covers no finding. Remove it."
            yield index, Finding(UNUSED, Severity.WARNING, place, message)
