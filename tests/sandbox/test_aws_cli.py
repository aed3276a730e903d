"""The plain AWS CLI, a process of its own, against nothing but an endpoint URL."""

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

Aws = Callable[..., Any]


@pytest.fixture
def aws(sandbox_url: str) -> Aws:
    """Runs the CLI in eu-west-1 and returns the JSON that it prints."""
    program = Path(sys.executable).with_name("aws")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    keys = sandbox_process.CREDENTIALS | {"AWS_CONFIG_FILE": os.devnull}

    def aws_(*arguments: str) -> Any:
        common = ("--endpoint-url", sandbox_url, "--region", "eu-west-1", "--output", "json")
        ended = subprocess.run(
            [program, *common, *arguments], env=kept | keys, capture_output=True, text=True
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout) if ended.stdout else None

    return aws_


def test_it_creates_lists_gets_tags_and_deletes(aws, document):
    made = aws(
        "imagebuilder",
        "create-distribution-configuration",
        "--cli-input-json",
        json.dumps(document | {"tags": {"Team": "größe"}}),
    )
    arn = made["distributionConfigurationArn"]
    by_arn = ("--distribution-configuration-arn", arn)
    name_filter = f"name=name,values={document['name']}"
    listed = aws("imagebuilder", "list-distribution-configurations", "--filters", name_filter)
    assert [one["arn"] for one in listed["distributionConfigurationSummaryList"]] == [arn]
    got = aws("imagebuilder", "get-distribution-configuration", *by_arn)
    assert got["distributionConfiguration"]["distributions"] == document["distributions"]
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
