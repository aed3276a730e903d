"""``distui lint FILE…`` and ``manage.py lint FILE…``: print every finding of documents."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from distui.cli.config import Config, ConfigError, load_config
from distui.cli.files import Output, content_of, reason, replace_text
from distui.cli.findings import Located, findings_in, located
from distui.cli.fix import fix
from distui.cli.reports import REPORTS, Results
from distui.core import Context, Severity
from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import pseudo_parameters, read_all
from distui.core.rule_settings.apply import with_settings
from distui.core.rule_settings.settings import NamedTarget, RuleSettings
from distui.core.rule_settings.waivers import Subject, subject_of, without_waived
from distui.core.text.characters import escape_invisible

HELP = (
    "Check distribution configurations in JSON, YAML, CloudFormation, Terraform and Packer. Exits"
    " with 0 without errors, 1 with errors, 2 if a file is unreadable."
)
_SEVERITIES = [*Severity]  # from the most severe one


class Checked(NamedTuple):
    """The indices of the waivers that were used, and the documents."""

    waivers: set[int]
    documents: list[Subject]


def add_arguments(parser: ArgumentParser) -> None:
    """Add the files and the options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- is standard input")
    parser.add_argument("--format", choices=[*REPORTS], default="text")
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        help="minimum severity of findings that exit with 1",
    )
    parser.add_argument(
        "--fix", action="store_true", help="fix errors in JSON and YAML files first"
    )
    parser.add_argument(
        "--target", metavar="NAME", help="target whose account and home Region to use"
    )
    parser.add_argument(
        "--account", default="", help="account that the configuration will be created in"
    )
    parser.add_argument(
        "--region", default="", help="home Region that the configuration will be created in"
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="settings file (default: the nearest distui.toml or pyproject.toml)",
    )


def run(options: Namespace, context: Context, out: Output, err: Output) -> int:
    """Check each file, print a report and return the exit status."""
    try:
        config = load_config(options.config)
    except ConfigError as error:
        err.write(f"{error}\n")
        return 2
    settings = config.settings
    target = settings.targets.get(options.target) if options.target else NamedTarget()
    if target is None:
        err.write(f"{config.path}: targets.{options.target} does not exist.\n")
        return 2
    context = _context(options, target, context, settings)
    found: list[Located] = []
    checked = Checked(set(), [])
    unreadable: list[tuple[str, str]] = []
    for file in options.files:
        try:
            found += _findings(file, context, config, checked, err, fixes=options.fix)
        except (OSError, ParseError) as error:
            unreadable.append((file, reason(error)))
            err.write(f"{file}: {reason(error)}\n")
    found += config.waiver_findings(checked.waivers, checked.documents, date.today())
    report = REPORTS[options.format](Results(found, unreadable, len(options.files) > 1))
    if report:
        out.write(f"{report}\n")
    least = Severity(options.fail_on or settings.fail_on or Severity.ERROR)
    failing = _SEVERITIES[: _SEVERITIES.index(least) + 1]
    return 2 if unreadable else int(any(one.finding.severity in failing for one in found))


def _context(
    options: Namespace, target: NamedTarget, context: Context, settings: RuleSettings
) -> Context:
    """Return the context: options come first, then the environment, then the settings."""
    given = replace(
        context,
        own_account=options.account or target.account or context.own_account,
        home_region=options.region or target.region or context.home_region,
    )
    return with_settings(given, settings)


def _findings(
    file: str, context: Context, config: Config, checked: Checked, err: Output, *, fixes: bool
) -> list[Located]:
    """Return the findings of a file that no waiver covers; ``checked`` gets its documents.

    With ``fixes``, those of errors are written into the file before.

    Raises ``OSError`` or ``ParseError``.
    """
    content = content_of(file)
    source = _fixed(file, content, context, config, err) if fixes else content
    readings = read_all(source, any_text=True, pseudo=_pseudo(context))
    for reading in readings:
        repairs = (str(repair) for repair in reading.repairs if not repair.is_error)
        for notice in (*reading.notices, *repairs):
            err.write(f"{file}: {escape_invisible(notice)}\n")
    name, waivers = config.name_of(file), config.settings.waivers
    result: list[Located] = []
    for reading in readings:
        found = findings_in(reading, context, config.settings)
        subject = subject_of(reading.document, name)
        kept, covering = without_waived(found, subject, waivers, date.today())
        checked.waivers.update(covering)
        checked.documents.append(subject)
        result += located(file, reading, kept, titled=len(readings) > 1)
    return result


def _fixed(file: str, content: bytes, context: Context, config: Config, err: Output) -> str:
    """Fix the file and return its text."""
    fixed = fix(
        file,
        content,
        lambda reading: findings_in(reading, context, config.settings),
        lambda text: read_all(text, any_text=True, pseudo=_pseudo(context)),
    )
    for notice in fixed.notices:
        err.write(f"{file}: {escape_invisible(notice)}\n")
    if any(notice.startswith("Fixed") for notice in fixed.notices):
        replace_text(file, fixed.text, content)
    return fixed.text


def _pseudo(context: Context) -> dict[str, str]:
    """Return the pseudo parameters of CloudFormation that the context knows."""
    return pseudo_parameters(context.own_account, context.home_region)
