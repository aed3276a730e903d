"""``manage.py lint FILE…``: every finding of documents in files or on standard input."""

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
from distui.core.document.strict_json import ParseError, parse
from distui.core.findings import errors
from distui.core.text.characters import escape_invisible

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Linted:
    """A file and what was found in it."""

    file: str
    findings: list[Finding]


class Command(BaseCommand):
    """Prints the findings; ends with 1 where one is an error, with 2 where a file is unreadable."""

    help = "Check distribution configurations (API JSON). Exits with 0, 1 on errors, 2 unreadable."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files and the format."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file. ``SystemExit`` with the status, unless it is 0."""
        linted, unreadable = [], False
        for file in options["files"]:
            try:
                linted.append(
                    Linted(file, check(parse(_read(file), any_text=True), rule_context()))
                )
            except (OSError, ParseError) as error:
                unreadable = True
                self.stderr.write(f"{file}: {_reason(error)}")
        if options["format"] == "json":
            several = len(options["files"]) > 1
            self.stdout.write(_as_json(linted, several=several, whole=not unreadable))
        else:
            self.stdout.write(_as_text(linted))
        if unreadable:
            sys.exit(2)
        if any(errors(one.findings) for one in linted):
            sys.exit(1)


def _read(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _as_json(linted: list[Linted], *, several: bool, whole: bool) -> str:
    """One object, valid where no file is unreadable; findings of several files name theirs."""
    found = [
        finding.as_json() | ({"file": one.file} if several else {})
        for one in linted
        for finding in one.findings
    ]
    valid = whole and not any(errors(one.findings) for one in linted)
    return json.dumps({"valid": valid, "findings": found}, indent=2)


def _line(file: str, found: Finding) -> str:
    place = escape_invisible(found.pointer)
    return f"{file}:{place}: {found.severity} {found.rule}: {found.message}"


def _as_text(linted: list[Linted]) -> str:
    """A line a finding, ``FILE:POINTER: error L006: message``, and one with their number."""
    lines = [_line(one.file, found) for one in linted for found in one.findings]
    wrong = sum(len(errors(one.findings)) for one in linted)
    return "\n".join([*lines, f"Findings: {len(lines)}, errors among them: {wrong}."])
