"""The command and the script that ``convert`` prints, run as people run them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from distui.core.formats.registry import write
from tests import sandbox_process

HOSTILE = 'it\'s "$HOME" `id` $(id) !! \\n %s {{x}} ${y}\tz'
PROGRAMS = {"cli": ["/bin/sh"], "boto3": [sys.executable, "-"]}


@pytest.mark.parametrize("format", PROGRAMS)
def test_it_creates_the_configuration(
    format: str, connect: Any, sandbox_url: str, document: Any
) -> None:
    given = document | {"name": f"{document['name']}-{format}", "description": HOSTILE}
    folder = str(Path(sys.executable).parent)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    variables = {
        "AWS_ENDPOINT_URL": sandbox_url,
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_CONFIG_FILE": os.devnull,
        "PATH": f"{folder}{os.pathsep}{inherited['PATH']}",
    }
    ran = subprocess.run(
        PROGRAMS[format],
        input=write(format, given).text,
        env=inherited | sandbox_process.CREDENTIALS | variables,
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
    created = found["distributionConfiguration"]
    assert {name: created[name] for name in given if name != "clientToken"} == {
        name: value for name, value in given.items() if name != "clientToken"
    }
