"""``distui lint FILE…`` and ``manage.py lint FILE…``: print every finding of documents."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from distui.cli.files import Output, content_of, reason
from distui.cli.reports import REPORTS, LintResult
from distui.core import Context, Severity, check
from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read
from distui.core.text.characters import escape_invisible

HELP = (
    "Check distribution configurations: requests, and whatever else the import page reads. Exits"
    " with 0 without errors, 1 with errors, 2 if a file is unreadable."
)
_SEVERITIES = [*Severity]  # from the most severe one


def add_arguments(parser: ArgumentParser) -> None:
    """Add the files and the output format."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input")
    parser.add_argument("--format", choices=[*REPORTS], default="text")
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        default="error",
        help="the least severe finding to exit with 1 for",
    )


def run(options: Namespace, context: Context, out: Output, err: Output) -> int:
    """Check each file, print a report and return the exit status."""
    results, has_unreadable = [], False
    for file in options.files:
        try:
            reading = read(content_of(file), any_text=True)
        except (OSError, ParseError) as error:
            has_unreadable = True
            err.write(f"{file}: {reason(error)}\n")
        else:
            for notice in reading.all_notices:
                err.write(f"{file}: {escape_invisible(notice)}\n")
            results.append(LintResult(file, check(reading.document, context)))
    fails = _fails(results, Severity(options.fail_on))
    if results or options.format != "text":
        report = REPORTS[options.format]
        out.write(report(results, named=len(options.files) > 1, valid=not has_unreadable) + "\n")
    return 2 if has_unreadable else int(fails)


def _fails(results: Iterable[LintResult], least: Severity) -> bool:
    failing = _SEVERITIES[: _SEVERITIES.index(least) + 1]
    return any(found.severity in failing for result in results for found in result.findings)
