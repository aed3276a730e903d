"""Parameters that the service model rejects, sent over HTTP without an SDK's own checks."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

AMI = {"name": "a {{ imagebuilder:buildDate }}"}


def with_ami(**members: Any) -> dict[str, Any]:
    ami = {"region": "eu-west-1", "amiDistributionConfiguration": AMI | members}
    return {"distributions": [ami]}


def with_output(**members: Any) -> dict[str, Any]:
    return {"distributions": [{"region": "eu-west-1"} | members]}


FIRST = "distributions[0]"
FIRST_AMI = f"{FIRST}.amiDistributionConfiguration"
INVALID = [
    ({"name": "ab"}, "name"),
    ({"name": "a" * 129}, "name"),
    ({"name": " edges "}, "name"),
    ({"name": "newline\n"}, "name"),
    ({"name": "ünïcode"}, "name"),
    ({"name": 5}, "name"),
    ({"name": None}, "name"),
    ({"description": ""}, "description"),
    ({"description": "x" * 1025}, "description"),
    ({"distributions": {}}, "distributions"),
    ({"distributions": "eu-west-1"}, "distributions"),
    ({"distributions": ["eu-west-1"]}, FIRST),
    ({"distributions": [{}]}, f"{FIRST}.region"),
    ({"distributions": [{"Region": "eu-west-1"}]}, f"{FIRST}.region"),
    (with_output(launchPermissions={}), f"{FIRST}.launchPermissions"),
    ({"clientToken": ""}, "clientToken"),
    ({"clientToken": "x" * 65}, "clientToken"),
    ({"dryRun": "true"}, "dryRun"),
    ({"dryRun": 1}, "dryRun"),
    ({"unknown": 1}, "unknown"),
    ({"tags": {}}, "tags"),
    ({"tags": {f"k{n}": "" for n in range(51)}}, "tags"),
    ({"tags": {"aws:owned": "x"}}, "tags"),
    ({"tags": {"k" * 129: "x"}}, "tags"),
    ({"tags": {"key": "v" * 257}}, "tags"),
    ({"tags": {"key": 1}}, "tags"),
    (with_ami(name="x:{{ imagebuilder:buildDate }} "), f"{FIRST_AMI}.name"),
    (with_ami(name="em\u2003space {{ imagebuilder:buildDate }}"), f"{FIRST_AMI}.name"),
    (with_ami(amiTags={"em\u2003space": "x"}), f"{FIRST_AMI}.amiTags"),
    (with_ami(targetAccountIds=[]), f"{FIRST_AMI}.targetAccountIds"),
    (with_ami(targetAccountIds=[418273950164]), f"{FIRST_AMI}.targetAccountIds[0]"),
    (with_ami(targetAccountIds=["0" * 12, "1" * 13]), f"{FIRST_AMI}.targetAccountIds[1]"),
    (with_ami(targetAccountIds=["\u0661" * 12]), f"{FIRST_AMI}.targetAccountIds[0]"),
    (with_ami(targetAccountIds=["1" * 12] * 1537), f"{FIRST_AMI}.targetAccountIds"),
    (
        with_ami(launchPermission={"organizationalUnitArns": ["ou-ab12-cdefghij"]}),
        f"{FIRST_AMI}.launchPermission.organizationalUnitArns[0]",
    ),
    (
        with_output(containerDistributionConfiguration={"targetRepository": {"service": "ECR"}}),
        f"{FIRST}.containerDistributionConfiguration.targetRepository.repositoryName",
    ),
    (
        with_output(
            s3ExportConfiguration={"roleName": "r", "diskImageFormat": "vmdk", "s3Bucket": "b"}
        ),
        f"{FIRST}.s3ExportConfiguration.diskImageFormat",
    ),
    (
        with_output(fastLaunchConfigurations=[{"enabled": True, "maxParallelLaunches": True}]),
        f"{FIRST}.fastLaunchConfigurations[0].maxParallelLaunches",
    ),
    (
        with_output(fastLaunchConfigurations=[{"enabled": True, "maxParallelLaunches": 6.0}]),
        f"{FIRST}.fastLaunchConfigurations[0].maxParallelLaunches",
    ),
    (
        with_output(fastLaunchConfigurations=[{"enabled": True, "maxParallelLaunches": 0}]),
        f"{FIRST}.fastLaunchConfigurations[0].maxParallelLaunches",
    ),
    (
        with_output(launchTemplateConfigurations=[{"launchTemplateId": "lt-1\n"}]),
        f"{FIRST}.launchTemplateConfigurations[0].launchTemplateId",
    ),
]


@pytest.mark.parametrize(("change", "parameter"), INVALID)
def test_an_invalid_member_is_named(send, document, change, parameter):
    status, headers, body = create(send, copy.deepcopy(document) | change)
    assert (status, headers["x-amzn-ErrorType"]) == (400, "InvalidParameterValueException")
    message = json.loads(body)["message"]
    assert message.startswith(f"The value supplied for parameter '{parameter}' is not valid. ")


@pytest.mark.parametrize("missing", ["name", "distributions", "clientToken"])
def test_a_missing_required_member_is_named(send, document, missing):
    del document[missing]
    status, _, body = create(send, document)
    assert status == 400
    assert f"'{missing}'" in json.loads(body)["message"]


def test_the_longest_lists_and_strings_are_accepted(send, document):
    document |= with_ami(targetAccountIds=[f"{n:012}" for n in range(1536)])
    document |= {"description": "🖼" * 1024, "tags": {f"k{n}": "v" * 256 for n in range(50)}}
    status, _, body = create(send, document)
    assert status == 200, body


def create(send: Any, document: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    return send("PUT", "/CreateDistributionConfiguration", json.dumps(document).encode())
