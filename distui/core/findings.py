"""What is wrong with a document, and where: the one shape in which every part of distui says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """ERROR bars submitting, WARNING asks for a second look, INFO only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place.

    ``pointer`` is an RFC 6901 JSON Pointer into the request; a missing member is named at the
    pointer that it would have. ``source`` names who sets the constraint. ``fix`` is a JSON Patch
    (RFC 6902) that mends it, empty where a person has to decide.
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
        """The same finding of a part that stands at the pointer ``new`` instead of ``old``."""
        fix = tuple(
            {
                key: new + value.removeprefix(old) if key in ("path", "from") else value
                for key, value in step.items()
            }
            for step in self.fix
        )
        return replace(self, pointer=new + self.pointer.removeprefix(old), fix=fix)

    def as_json(self) -> dict[str, str]:
        """The record that ``lint --format json`` prints."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "pointer": self.pointer,
            "message": self.message,
        }


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that bar submitting."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
