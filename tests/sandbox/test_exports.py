"""The command and the script that ``convert`` prints, run as people run them."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from distui.core.formats.registry import write
from tests import sandbox_process
from tests.strategies import round_trips, valid_documents

HOSTILE = 'it\'s "$HOME" `id` $(id) !! \\n %s {{x}} ${y}\tz'
PROGRAMS = {"cli": ["/bin/sh"], "boto3": [sys.executable, "-"]}
PRINT_ARGUMENTS = "aws() { printf '%s\\0' \"$@\"; }\n"
CLI = """
import json, sys
from awscli.clidriver import create_clidriver
main = create_clidriver().main
for line in sys.stdin:
    print(main(json.loads(line)), flush=True)
"""

Json = dict[str, Any]


@pytest.fixture(scope="module")
def variables(sandbox_url: str) -> dict[str, str]:
    """Return the variables of the environment that lead programs to the sandbox."""
    return sandbox_process.CREDENTIALS | {
        "AWS_ENDPOINT_URL": sandbox_url,
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_CONFIG_FILE": os.devnull,
    }


@pytest.fixture(scope="module")
def in_process(variables: dict[str, str]) -> Iterator[None]:
    """Set the variables in this process."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in variables.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def aws(variables: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Return a function that runs a command and returns what the AWS CLI prints.

    A shell reads the command; one process of the CLI gets the arguments of all.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    cli = subprocess.Popen(
        [sys.executable, "-c", CLI],
        env=inherited | variables | {"AWS_DEFAULT_OUTPUT": "text"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert cli.stdin
    assert cli.stdout

    def run(command: str) -> str:
        shell = subprocess.run(
            ["/bin/sh"], input=PRINT_ARGUMENTS + command, capture_output=True, text=True, check=True
        )
        print(json.dumps(shell.stdout.split("\0")[:-1]), file=cli.stdin, flush=True)
        printed = cli.stdout.readline()
        assert cli.stdout.readline() == "0\n"
        return printed

    yield run
    cli.communicate()


def members(found: Json, given: Json) -> Json:
    """Return what AWS has of the members that were given; it makes a client token itself."""
    return {name: found.get(name) for name in given if name != "clientToken"}


@pytest.mark.parametrize("format", PROGRAMS)
def test_it_creates_the_configuration(
    format: str, connect: Any, variables: dict[str, str], document: Any
) -> None:
    given = document | {"name": f"{document['name']}-{format}", "description": HOSTILE}
    folder = str(Path(sys.executable).parent)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    ran = subprocess.run(
        PROGRAMS[format],
        input=write(format, given).text,
        env=inherited | variables | {"PATH": f"{folder}{os.pathsep}{inherited['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    client = connect("imagebuilder")
    listed = client.list_distribution_configurations(
        filters=[{"name": "name", "values": [given["name"]]}]
    )
    (summary,) = listed["distributionConfigurationSummaryList"]
    assert summary["arn"] in ran.stdout
    found = client.get_distribution_configuration(distributionConfigurationArn=summary["arn"])
    assert members(found["distributionConfiguration"], given) == members(given, given)


def assert_created(client: Any, printed: str, document: Json) -> None:
    """Compare the configuration whose ARN was printed with the document, and delete it."""
    arn = next(word for word in printed.split() if word.startswith("arn:"))
    found = client.get_distribution_configuration(distributionConfigurationArn=arn)
    client.delete_distribution_configuration(distributionConfigurationArn=arn)
    assert members(found["distributionConfiguration"], document) == document


@given(document=valid_documents())
@round_trips(0.1)
def test_the_shell_and_the_cli_create_any_document(
    aws: Callable[[str], str], imagebuilder: Any, document: Json
) -> None:
    assert_created(imagebuilder, aws(write("cli", document).text), document)


@given(document=valid_documents())
@round_trips(0.1)
def test_the_script_creates_any_document(
    in_process: None, imagebuilder: Any, document: Json
) -> None:
    script = compile(write("boto3", document).text, "script", "exec")
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(script, {})
    assert_created(imagebuilder, output.getvalue(), document)
