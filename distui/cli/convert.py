"""``distui convert FILE --to FORMAT``: print a document in another format."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from distui.cli.files import Output, content_of, reason
from distui.core.document import skeleton
from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import pseudo_parameters, read_object
from distui.core.formats.registry import WRITERS, write
from distui.core.text.characters import escape_invisible

HELP = (
    "Print a distribution configuration in another format. Exits with 0, 1 if the other format"
    " can't express all of it or values are missing, 2 if the file is unreadable."
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file and the options."""
    parser.add_argument("file", metavar="FILE", help="- is standard input")
    parser.add_argument("--to", choices=[*WRITERS], required=True)
    parser.add_argument(
        "--arn",
        default="",
        help="ARN of the existing configuration, to import it into CloudFormation or Terraform",
    )
    for option, of_what in (("--account", "account"), ("--region", "home Region")):
        parser.add_argument(
            option, default="", help=f"{of_what} that replaces references to it in the file"
        )


def run(options: Namespace, out: Output, err: Output) -> int:
    """Print the document, and to standard error everything that was changed or is lost."""
    try:
        pseudo = pseudo_parameters(options.account, options.region)
        reading = read_object(content_of(options.file), pseudo)
    except (OSError, ParseError) as error:
        err.write(f"{options.file}: {reason(error)}\n")
        return 2
    document, notices = reading.document, [*reading.all_notices]
    if skeleton.is_skeleton(document):
        document, left_out = skeleton.without_placeholders(document)
        notices.append(f"Removed placeholders of the CLI skeleton: {', '.join(left_out)}.")
    written = write(options.to, document, options.arn)
    notices += [f"Lost: {place}" for place in written.lost]
    notices += [f"Missing: {options.to} requires {place}." for place in written.missing]
    for notice in notices:
        err.write(f"{options.file}: {escape_invisible(notice)}\n")
    out.write(written.text)
    return int(bool(written.lost or written.missing or reading.unresolved))
