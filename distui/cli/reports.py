"""Reports of ``lint``: one function for each ``--format``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from distui.cli.findings import Located
from distui.cli.sarif import sarif_log
from distui.core import Severity
from distui.core.findings import errors
from distui.core.text.characters import escape_invisible
from distui.core.text.pluralize import severity_counts

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@dataclass(frozen=True, slots=True)
class Results:
    """The findings of a run, and the files that can't be read with the reasons.

    ``names_files`` says that findings of JSON carry the names of their files.
    """

    findings: Sequence[Located]
    unreadable: Sequence[tuple[str, str]]
    names_files: bool


def text_report(results: Results) -> str:
    """Return a line per finding, ``FILE:LINE:COLUMN: error L006 at /pointer: message``."""
    counts = severity_counts(one.finding for one in results.findings)
    last = [counts or "No problems found."] if counts or not results.unreadable else []
    return "\n".join([*map(_line, results.findings), *last])


def _line(one: Located) -> str:
    found, title = one.finding, f"{one.title}: " if one.title else ""
    place = escape_invisible(found.pointer) or "/"
    start = f"{one.file}:{one.line}:{one.column}: {found.severity} {found.rule} at {place}"
    return f"{start}: {title}{found.message}"


def json_report(results: Results) -> str:
    """Return one object for all files; of several, each finding has the name of its file."""
    findings = [
        one.as_json() | ({"file": one.file} if results.names_files else {})
        for one in results.findings
    ]
    valid = not results.unreadable and not errors(one.finding for one in results.findings)
    return json.dumps({"valid": valid, "findings": findings}, indent=2)


def github_report(results: Results) -> str:
    """Return workflow commands, which GitHub shows as annotations of the files."""
    lines = [
        f"::{_COMMANDS[one.finding.severity]} file={_property(one.file)},line={one.line},"
        f"col={one.column},title={_property(one.finding.rule)}::"
        f"{_data(f'{one.finding.pointer}: {one.finding.message}')}"
        for one in results.findings
    ]
    lines += [f"::error file={_property(file)}::{_data(why)}" for file, why in results.unreadable]
    return "\n".join(lines)


def _data(text: str) -> str:
    """Return the text with the escapes of a workflow command's message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif_report(results: Results) -> str:
    """Return a log in SARIF 2.1.0."""
    return json.dumps(sarif_log(results.findings, results.unreadable), indent=2)


REPORTS: dict[str, Callable[[Results], str]] = {
    "text": text_report,
    "json": json_report,
    "sarif": sarif_report,
    "github": github_report,
}
