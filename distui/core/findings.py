"""Findings: problems in a document, in the one form that all parts of distui use."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from distui.core.caching import freeze

Patch = tuple[dict[str, Any], ...]  # a JSON Patch (RFC 6902)


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
    that solves the problem, or empty if a person has to decide; ``more_fixes`` are other answers.
    ``missing_key`` is the pointer, from the finding's place, of a key that the map there lacks.
    """

    rule: str
    severity: Severity
    pointer: str
    message: str
    why: str = ""
    source: str = ""
    missing: bool = False
    fix: Patch = field(default=(), hash=False)
    more_fixes: tuple[Patch, ...] = field(default=(), hash=False)
    missing_key: str = ""

    def is_about(self, pointers: Collection[str]) -> bool:
        """Return True if the finding is at one of these, or about a key that a map lacks there."""
        return self.pointer in pointers or self.pointer + self.missing_key in pointers

    @property
    def fixes(self) -> tuple[Patch, ...]:
        """Return all fixes, the most likely one first."""
        return (self.fix, *self.more_fixes) if self.fix else ()

    def __post_init__(self) -> None:
        """Freeze the fixes: findings are cached and shared."""
        if self.fix:
            object.__setattr__(self, "fix", tuple(map(freeze, self.fix)))
            more = tuple(tuple(map(freeze, fix)) for fix in self.more_fixes)
            object.__setattr__(self, "more_fixes", more)

    def with_fixes(self, fixes: Iterable[Patch]) -> Finding:
        """Return the finding with these fixes, without the empty ones."""
        usable = tuple(fix for fix in fixes if fix)
        if usable == self.fixes:
            return self
        return replace(self, fix=usable[0] if usable else (), more_fixes=usable[1:])

    def moved(self, old: str, new: str) -> Finding:
        """Return the finding with the prefix ``old`` of its pointers replaced by ``new``.

        Fixes also keep what they have outside of ``old``.
        """
        pointer = new + self.pointer.removeprefix(old)
        if not self.fix:
            return Finding(
                self.rule,
                self.severity,
                pointer,
                self.message,
                self.why,
                self.source,
                self.missing,
                missing_key=self.missing_key,
            )
        fixes = tuple(
            tuple(
                {
                    key: _moved(value, old, new) if key in ("path", "from") else value
                    for key, value in step.items()
                }
                for step in fix
            )
            for fix in self.fixes
        )
        return replace(self, pointer=pointer, fix=fixes[0], more_fixes=fixes[1:])

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


def _moved(pointer: str, old: str, new: str) -> str:
    is_inside = f"{pointer}/".startswith(f"{old}/")
    return new + pointer.removeprefix(old) if is_inside else pointer
