"""Reports of ``lint``: one function for each ``--format``."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from distui.core import Finding
from distui.core.findings import errors
from distui.core.text.characters import escape_invisible
from distui.core.text.pluralize import severity_counts


@dataclass(frozen=True, slots=True)
class LintResult:
    """A file and its findings."""

    file: str
    findings: list[Finding]


def text_report(results: list[LintResult], *, named: bool, valid: bool) -> str:
    """Return a line per finding, ``FILE:POINTER: error L006: message``, and their counts."""
    lines = [_line(result.file, found) for result in results for found in result.findings]
    counts = severity_counts(found for result in results for found in result.findings)
    return "\n".join([*lines, counts or "No problems found."])


def _line(file: str, found: Finding) -> str:
    place = escape_invisible(found.pointer)
    return f"{file}:{place}: {found.severity} {found.rule}: {found.message}"


def json_report(results: list[LintResult], *, named: bool, valid: bool) -> str:
    """Return one object for all files; if ``named``, each finding has the name of its file."""
    findings = [
        finding.as_json() | ({"file": result.file} if named else {})
        for result in results
        for finding in result.findings
    ]
    valid = valid and not any(errors(result.findings) for result in results)
    return json.dumps({"valid": valid, "findings": findings}, indent=2)


Report = Callable[..., str]
REPORTS: dict[str, Report] = {"text": text_report, "json": json_report}
