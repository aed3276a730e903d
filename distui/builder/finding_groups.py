"""Findings in the groups that the editor and the review show: by severity, field and message."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from distui.builder.forms.locations import field_label
from distui.core import Finding, Severity

ERRORS = "Errors"
MOST_MESSAGES = 50  # of a group, unless all are asked for
# These don't block submitting: AWS may accept the request now.
_REJECTED = "Rejected by AWS"
_TITLES = {
    Severity.ERROR: ERRORS,
    Severity.WARNING: "Warnings",
    Severity.INFO: "Suggestions",
}
_ORDER = [ERRORS, _REJECTED, _TITLES[Severity.WARNING], _TITLES[Severity.INFO]]


class LocatedFinding(NamedTuple):
    """A finding, the URL of its field in the editor, its Region, and its field's label.

    ``dismiss_href`` leads to the page that dismisses it, if a page offers that.
    """

    finding: Finding
    href: str
    region: str
    label: str
    dismiss_href: str = ""


@dataclass(slots=True)
class MessageFindings:
    """The findings of one field with one message, and the locations of the first ``most``."""

    field_label: str
    message: str
    most: int
    locations: list[LocatedFinding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return the number of findings."""
        return len(self.findings)

    @property
    def places(self) -> tuple[LocatedFinding, ...]:
        """Return the first findings, to be looked up in a cache."""
        return tuple(self.locations)

    @property
    def more(self) -> int:
        """Return the number of findings that are not in ``locations``."""
        return self.count - len(self.locations)


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind, grouped by field and message; ``limit`` messages are shown."""

    severity: Severity
    title: str
    by_message: dict[tuple[str, str], MessageFindings]
    limit: int = MOST_MESSAGES

    @property
    def count(self) -> int:
        """Return the number of findings."""
        return sum(found.count for found in self.by_message.values())

    @property
    def shown(self) -> list[MessageFindings]:
        """Return the messages that are shown."""
        return [*islice(self.by_message.values(), self.limit)]

    @property
    def hidden(self) -> int:
        """Return the number of the other messages."""
        return max(0, len(self.by_message) - self.limit)


def group_findings(
    findings: Iterable[Finding],
    locate: Callable[[Finding], LocatedFinding],
    *,
    most: int = sys.maxsize,
    limit: int = MOST_MESSAGES,
) -> list[FindingGroup]:
    """Return the findings in groups, the most severe first.

    ``locate`` adds the URL and the place of a finding, to at most ``most`` of a message and to the
    first ``limit`` messages of a group.
    """
    everything = [*findings]  # hundreds: to call title_for for each would take most of the time
    ours = [finding for finding in everything if finding.source != "AWS"]
    parts = {
        title: [finding for finding in ours if finding.severity is severity]
        for severity, title in _TITLES.items()
    }
    parts[_REJECTED] = [finding for finding in everything if finding.source == "AWS"]
    return [
        FindingGroup(part[0].severity, title, _by_message(part, locate, most, limit), limit)
        for title in _ORDER
        if (part := parts[title])
    ]


def _by_message(
    findings: Iterable[Finding],
    locate: Callable[[Finding], LocatedFinding],
    most: int,
    limit: int,
) -> dict[tuple[str, str], MessageFindings]:
    messages: dict[tuple[str, str], MessageFindings] = {}
    for finding in findings:
        key = field_label(finding.pointer), finding.message
        if not (found := messages.get(key)):
            found = messages[key] = MessageFindings(*key, most if len(messages) < limit else 0)
        found.findings.append(finding)
        if len(found.locations) < found.most:
            found.locations.append(locate(finding))
    return messages


def title_for(finding: Finding) -> str:
    """Return the title of the group that the finding is in."""
    return _REJECTED if finding.source == "AWS" else _TITLES[finding.severity]
