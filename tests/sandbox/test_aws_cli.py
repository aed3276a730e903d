"""The AWS CLI, as a process of its own, with only an endpoint URL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import sandbox_process

pytestmark = pytest.mark.process

Aws = Callable[..., Any]


@pytest.fixture
def aws(sandbox_url: str) -> Aws:
    """Return a function that runs the CLI in eu-west-1 and parses the JSON that it prints."""
    program = Path(sys.executable).with_name("aws")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    keys = sandbox_process.CREDENTIALS | {"AWS_CONFIG_FILE": os.devnull}

    def run_cli(*arguments: str) -> Any:
        common = ("--endpoint-url", sandbox_url, "--region", "eu-west-1", "--output", "json")
        result = subprocess.run(
            [program, *common, *arguments], env=environment | keys, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout) if result.stdout else None

    return run_cli


def test_it_creates_lists_gets_tags_and_deletes(aws, document):
    response = aws(
        "imagebuilder",
        "create-distribution-configuration",
        "--cli-input-json",
        json.dumps(document | {"tags": {"Team": "größe"}}),
    )
    arn = response["distributionConfigurationArn"]
    by_arn = ("--distribution-configuration-arn", arn)
    name_filter = f"name=name,values={document['name']}"
    listed = aws("imagebuilder", "list-distribution-configurations", "--filters", name_filter)
    assert [one["arn"] for one in listed["distributionConfigurationSummaryList"]] == [arn]
    response = aws("imagebuilder", "get-distribution-configuration", *by_arn)
    assert response["distributionConfiguration"]["distributions"] == document["distributions"]
    aws("imagebuilder", "tag-resource", "--resource-arn", arn, "--tags", "More=1")
    tags = aws("imagebuilder", "list-tags-for-resource", "--resource-arn", arn)["tags"]
    assert tags == {"Team": "größe", "More": "1"}
    aws("imagebuilder", "delete-distribution-configuration", *by_arn)
    assert not aws("imagebuilder", "list-distribution-configurations", "--filters", name_filter)[
        "distributionConfigurationSummaryList"
    ]


def test_it_reaches_the_other_services(aws):
    assert len(aws("organizations", "list-accounts")["Accounts"]) == 9
    assert aws("ec2", "describe-launch-templates")["LaunchTemplates"]
    assert aws("license-manager", "list-license-configurations")["LicenseConfigurations"]
    assert aws("s3api", "list-buckets")["Buckets"]
