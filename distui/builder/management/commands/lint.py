"""``manage.py lint FILE…``: print every finding of documents."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from distui.builder.rule_context import rule_context
from distui.core import Finding, check
from distui.core.document.parse_error import ParseError
from distui.core.document.reader import read
from distui.core.findings import errors
from distui.core.text.characters import escape_invisible
from distui.core.text.pluralize import severity_counts

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class LintResult:
    """A file and its findings."""

    file: str
    findings: list[Finding]


class Command(BaseCommand):
    """Prints the findings. Exits with 1 if one is an error, with 2 if a file is unreadable."""

    help = (
        "Check distribution configurations: requests, and whatever else the import page reads."
        " Exits with 0 without errors, 1 with errors, 2 if a file is unreadable."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files and the output format."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file. Raises ``SystemExit`` with the status unless it is 0."""
        results, has_unreadable = [], False
        for file in options["files"]:
            try:
                reading = read(_read(file), any_text=True)
            except (OSError, ParseError) as error:
                has_unreadable = True
                self.stderr.write(f"{file}: {_reason(error)}")
            else:
                for notice in reading.notices:
                    self.stderr.write(f"{file}: {escape_invisible(notice)}")
                results.append(LintResult(file, check(reading.document, rule_context())))
        has_errors = any(errors(result.findings) for result in results)
        if options["format"] == "json":
            named = len(options["files"]) > 1
            valid = not has_unreadable and not has_errors
            self.stdout.write(_as_json(results, named=named, valid=valid))
        elif results:
            self.stdout.write(_as_text(results))
        if has_unreadable:
            sys.exit(2)
        if has_errors:
            sys.exit(1)


def _read(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _as_json(results: list[LintResult], *, named: bool, valid: bool) -> str:
    """Return one object for all files; if ``named``, each finding has the name of its file."""
    findings = [
        finding.as_json() | ({"file": result.file} if named else {})
        for result in results
        for finding in result.findings
    ]
    return json.dumps({"valid": valid, "findings": findings}, indent=2)


def _as_text(results: list[LintResult]) -> str:
    """Return a line per finding, ``FILE:POINTER: error L006: message``, and their counts."""
    lines = [_line(result.file, found) for result in results for found in result.findings]
    counts = severity_counts(found for result in results for found in result.findings)
    return "\n".join([*lines, counts or "No problems found."])


def _line(file: str, found: Finding) -> str:
    place = escape_invisible(found.pointer)
    return f"{file}:{place}: {found.severity} {found.rule}: {found.message}"
