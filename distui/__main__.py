"""The command ``distui``; ``python -m distui`` is the same.

Each command imports what it needs when it runs: ``lint`` starts without Django, which only the
extra ``distui[server]`` installs.
"""

from __future__ import annotations

import os
import sys
from argparse import REMAINDER, ArgumentParser
from collections.abc import Sequence

from distui.cli import commands

_SERVER = {
    "serve": "run the web server, a worker and the sandbox",
    "sandbox": "run only the sandbox AWS account",
    "manage": "run a management command, such as import_draft or submit",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    parser = ArgumentParser(
        prog="distui",
        description="Build, check and submit EC2 Image Builder distribution configurations.",
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_commands(subparsers)
    for name, help_text in _SERVER.items():
        subparser = subparsers.add_parser(name, help=help_text, add_help=name != "manage")
        if name == "manage":
            subparser.add_argument("arguments", nargs=REMAINDER)
    given = [*(sys.argv[1:] if arguments is None else arguments)]
    if given[:1] == ["manage"]:  # argparse would take options before the first argument
        return _run_server_command("manage", given[1:])
    options = parser.parse_args(given)
    if options.command in _SERVER:
        return _run_server_command(options.command, [])
    return commands.run(options)


def manage(arguments: Sequence[str]) -> int:
    """Run Django's command line; return 2 if the settings or the database can't be used."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distui.settings")
    try:
        execute_from_command_line([*arguments])
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OperationalError as error:
        sys.stderr.write(f"The database can't be used: {str(error).strip()}\n")
        return 2
    return 0


def _run_server_command(command: str, arguments: list[str]) -> int:
    try:
        if command == "manage":
            return manage(["distui manage", *arguments])
        if command == "sandbox":
            from distui.sandbox.__main__ import main as run_sandbox

            return run_sandbox()
        from distui.run import main as run_server

        return run_server()
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "distui":
            raise
        sys.stderr.write(
            f"{error.name} is not installed. Install the server: pip install 'distui[server]'\n"
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
