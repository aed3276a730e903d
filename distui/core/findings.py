"""Findings: problems in a document, in the one form that all parts of distui use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """ERROR blocks submitting, WARNING needs attention, INFO is a suggestion."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place in the request.

    ``pointer`` is a JSON Pointer (RFC 6901); a missing member is reported at the pointer that it
    would have. ``source`` names the origin of the constraint. ``fix`` is a JSON Patch (RFC 6902)
    that solves the problem, or empty if a person has to decide.
    """

    rule: str
    severity: Severity
    pointer: str
    message: str
    why: str = ""
    source: str = ""
    missing: bool = False
    fix: tuple[dict[str, Any], ...] = field(default=(), hash=False)

    def moved(self, old: str, new: str) -> Finding:
        """Return the finding with the prefix ``old`` of its pointers replaced by ``new``."""
        fix = tuple(
            {
                key: new + value.removeprefix(old) if key in ("path", "from") else value
                for key, value in step.items()
            }
            for step in self.fix
        )
        return replace(self, pointer=new + self.pointer.removeprefix(old), fix=fix)

    def as_json(self) -> dict[str, str]:
        """Return the object that ``lint --format json`` prints."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "pointer": self.pointer,
            "message": self.message,
        }


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that block submitting."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
