"""Plans and states of Terraform in JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read, read_all

TYPE = "aws_imagebuilder_distribution_configuration"
AMI = {"name": "", "ami_tags": {}, "kms_key_id": "", "launch_permission": [], "description": ""}
VALUES: dict[str, Any] = {
    "arn": "arn:aws:imagebuilder:eu-west-1:210987654321:distribution-configuration/golden",
    "name": "golden",
    "description": "",
    "tags": {"a": "1"},
    "tags_all": {"a": "1"},
    "distribution": [
        {
            "region": "eu-west-1",
            "license_configuration_arns": None,
            "ami_distribution_configuration": [AMI],
            "fast_launch_configuration": [
                {"enabled": False, "max_parallel_launches": 0, "snapshot_configuration": []}
            ],
            "launch_template_configuration": [
                {"account_id": "", "default": True, "launch_template_id": "lt-0ab1234c56d789012"}
            ],
        }
    ],
}
DOCUMENT = {
    "name": "golden",
    "tags": {"a": "1"},
    "distributions": [
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {},
            "fastLaunchConfigurations": [{"enabled": False}],
            "launchTemplateConfigurations": [
                {"launchTemplateId": "lt-0ab1234c56d789012", "setDefaultVersion": True}
            ],
        }
    ],
}
RESOURCE = {"address": f"module.m.{TYPE}.x", "type": TYPE, "name": "x", "values": VALUES}
SHOWN = {"root_module": {"resources": [], "child_modules": [{"resources": [RESOURCE]}]}}
SOURCES = {
    "state": {"terraform_version": "1.9", "values": SHOWN},
    "plan without changes": {"terraform_version": "1.9", "planned_values": SHOWN},
    "state file": {
        "version": 4,
        "terraform_version": "1.9",
        "resources": [{"type": TYPE, "name": "x", "instances": [{"attributes": VALUES}]}],
    },
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_unset_values_are_absent(source: Any) -> None:
    reading = read(json.dumps(source))
    assert reading.document == DOCUMENT
    assert reading.notices == ("Ignored: arn, tags_all.",)
    assert (reading.kind, reading.repairs, reading.unresolved) == ("terraform", (), ())
    assert reading.title.endswith(f"{TYPE}.x")


def test_data_sources_are_not_resources() -> None:
    data = RESOURCE | {"mode": "data"}
    shown = {"root_module": {"resources": [data, RESOURCE]}}
    assert len(read_all(json.dumps({"terraform_version": "1.9", "values": shown}))) == 1
    file = {"terraform_version": "1.9", "resources": [data | {"instances": [{"attributes": {}}]}]}
    with pytest.raises(ParseError, match="has no resource"):
        read_all(json.dumps(file))


def test_instances_in_a_state_file_have_their_addresses() -> None:
    instances = [{"index_key": key, "attributes": VALUES} for key in ("a", 1)]
    resource = {"module": "module.m", "type": TYPE, "name": "x", "instances": instances}
    found = read_all(json.dumps({"terraform_version": "1.9", "resources": [resource]}))
    assert [one.title for one in found] == [f'module.m.{TYPE}.x["a"]', f"module.m.{TYPE}.x[1]"]


def test_an_instance_without_attributes_is_rejected_by_name() -> None:
    instances = [{"attributes": VALUES}, {"index_key": 1, "attributes_flat": {"name": "x"}}]
    resource = {"type": TYPE, "name": "x", "instances": instances}
    with pytest.raises(ParseError, match=rf"{TYPE}\.x\[1\] can't be read at line 1"):
        read_all(json.dumps({"terraform_version": "0.11", "resources": [resource]}))


def test_values_after_apply_are_unresolved() -> None:
    unknown = {
        "arn": True,
        "distribution": [{"ami_distribution_configuration": [{"kms_key_id": True}]}],
    }
    planned = {name: value for name, value in VALUES.items() if name != "arn"}
    changes = [
        RESOURCE | {"change": {"actions": ["delete"], "before": VALUES, "after": None}},
        RESOURCE | {"mode": "data", "change": {"after": {}, "after_unknown": {"name": True}}},
        RESOURCE | {"change": {"after": planned, "after_unknown": unknown}},
    ]
    plan = {"resource_changes": changes, "terraform_version": "1.9"}
    reading = read(json.dumps(plan))
    assert reading.document == DOCUMENT
    ((found),) = reading.unresolved
    assert found.pointer == "/distributions/0/amiDistributionConfiguration/kmsKeyId"
    assert found.expression == "(known after apply)"


def test_an_item_after_apply_is_unresolved_in_any_list() -> None:
    for known in ([], None, [None]):
        after = {"distribution": [{"license_configuration_arns": known}]}
        unknown = {"distribution": [{"license_configuration_arns": [True]}]}
        change = RESOURCE | {"change": {"after": after, "after_unknown": unknown}}
        ((found),) = read(
            json.dumps({"terraform_version": "1", "resource_changes": [change]})
        ).unresolved
        assert found.pointer == "/distributions/0/licenseConfigurationArns/0"


def test_default_tags_in_a_state_are_named() -> None:
    tags = {"tags": {"a": "1"}, "tags_all": {"a": "1", "Owner": "x", "Cost": "2"}}
    values = {"root_module": {"resources": [RESOURCE | {"values": VALUES | tags}]}}
    text = json.dumps({"terraform_version": "1.9.0", "values": values}, indent=1)
    line = text[: text.index("tags_all")].count("\n") + 1
    assert read(text).notices[0] == (
        f"Not read: Cost, Owner of tags_all (line {line}, column 7), which Terraform adds to the"
        " tags."
    )
