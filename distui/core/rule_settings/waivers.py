"""Waivers: findings that a person accepts until a date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from distui.core.findings import Finding, Severity
from distui.core.schema.keyword_rules import EXPIRED, UNUSED

Subject = tuple[str, str]  # the file of a document, "" if there is none, and its name


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that isn't reported: its rule, and patterns of its file, name and pointer.

    In patterns, ``*`` matches any characters. ``name`` is that of the configuration.
    """

    rule: str
    pointer: str
    reason: str
    person: str
    expires: date
    file: str = "*"
    name: str = "*"

    def is_for(self, subject: Subject) -> bool:
        """Return True if the waiver is for findings of this document."""
        file, name = subject
        return fnmatchcase(file, self.file) and fnmatchcase(name, self.name)

    def covers(self, subject: Subject, finding: Finding) -> bool:
        """Return True if the finding of a document is meant; the date is not regarded."""
        is_place = self.rule == finding.rule and fnmatchcase(finding.pointer, self.pointer)
        return is_place and self.is_for(subject)

    def expiry(self, place: str) -> Finding:
        """Return the finding at a place that the waiver has expired."""
        message = f"The waiver for {self.rule} by {self.person} expired on {self.expires}."
        return Finding(EXPIRED.id, Severity.WARNING, place, message, why=EXPIRED.why)

    def disuse(self, place: str) -> Finding:
        """Return the finding at a place that the waiver covers nothing."""
        message = f"The waiver for {self.rule} matches no finding. Remove it."
        return Finding(UNUSED.id, Severity.WARNING, place, message, why=UNUSED.why)


def subject_of(document: object, file: str = "") -> Subject:
    """Return a document as waivers name it."""
    name = document.get("name") if isinstance(document, dict) else ""
    return file, name if isinstance(name, str) else ""


def without_waived(
    findings: Iterable[Finding], subject: Subject, waivers: Sequence[Waiver], today: date
) -> tuple[list[Finding], set[int]]:
    """Return a document's findings that no valid waiver covers, and the indices of used waivers.

    A waiver is valid on the day that it expires. An expired one that covers something is used.
    """
    kept, used = list[Finding](), set[int]()
    if not waivers:
        return [*findings], used
    for finding in findings:
        covering = {index for index, one in enumerate(waivers) if one.covers(subject, finding)}
        used |= covering
        if not any(waivers[index].expires >= today for index in covering):
            kept.append(finding)
    return kept, used


def waiver_findings(
    waivers: Sequence[Waiver], used: set[int], checked: Collection[Subject], today: date
) -> Iterator[tuple[int, Finding]]:
    """Yield the index and the finding of each waiver that has expired or covers nothing.

    A waiver of a document that was not checked covers nothing yet.
    """
    for index, waiver in enumerate(waivers):
        place = f"/waivers/{index}"
        if waiver.expires < today:
            yield index, waiver.expiry(place)
        elif index not in used and any(map(waiver.is_for, checked)):
            yield index, waiver.disuse(place)


def with_waivers(
    findings: Iterable[Finding], document: object, waivers: Sequence[Waiver], today: date
) -> list[Finding]:
    """Return the findings of a document that isn't a file, with those of the waivers for it.

    An expired waiver is reported where it covers something, an unused one only if it is for this
    name alone.
    """
    found, subject = [*findings], subject_of(document)
    kept, used = without_waived(found, subject, waivers, today)
    for index, waiver in enumerate(waivers):
        if index not in used and waiver.name == subject[1] and waiver.is_for(subject):
            kept.append(waiver.disuse("/name"))
        elif index in used and waiver.expires < today:
            place = next(one.pointer for one in found if waiver.covers(subject, one))
            kept.append(waiver.expiry(place))
    return kept
