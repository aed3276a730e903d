"""The commands for files, as the command ``distui`` offers them."""

from __future__ import annotations

import os
import sys
from argparse import Namespace, _SubParsersAction
from typing import Any

from distui.cli import convert, lint, schema
from distui.cli.environment import EnvironmentProblem, context_of_environment

_STOPPED_READING = 128 + 13  # as shells report a command that SIGPIPE ended


def add_commands(subparsers: _SubParsersAction[Any]) -> None:
    """Add the commands with their arguments."""
    lint.add_arguments(subparsers.add_parser("lint", help=lint.HELP, description=lint.HELP))
    convert.add_arguments(
        subparsers.add_parser("convert", help=convert.HELP, description=convert.HELP)
    )
    subparsers.add_parser("schema", help=schema.HELP, description=schema.HELP)


def run(options: Namespace) -> int:
    """Run the command that was parsed and return its exit status."""
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as head has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _STOPPED_READING
    return status


def _run(options: Namespace) -> int:
    if options.command == "convert":
        return convert.run(options, sys.stdout, sys.stderr)
    try:
        context = context_of_environment()
    except EnvironmentProblem as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.command == "schema":
        return schema.run(context.rules, sys.stdout)
    return lint.run(options, context, sys.stdout, sys.stderr)
