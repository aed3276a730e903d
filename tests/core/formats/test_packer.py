"""Packer: the distribution of its AMIs."""

from __future__ import annotations

import json

from distui.core.formats.reader import read, read_all

HCL = """
packer {
  required_plugins {
    amazon = { version = ">= 1.2", source = "github.com/hashicorp/amazon" }
  }
}
variable "accounts" { default = ["012345678901"] }
source "amazon-ebs" "golden" {
  region             = "eu-west-1"
  ami_regions        = ["eu-west-1", "eu-west-2"]
  ami_name           = "golden-{{timestamp}}"
  ami_description    = "Golden"
  ami_users          = var.accounts
  ami_org_arns       = [data.x.arn]
  region_kms_key_ids = { eu-west-2 = "alias/two" }
  kms_key_id         = "alias/one"
  encrypt_boot       = true
  instance_type      = "t3.micro"
  snapshot_users     = ["012345678901"]
  tags               = { Team = "images" }
  source_ami_filter { most_recent = true }
}
build { sources = ["source.amazon-ebs.golden"] }
"""


def ami(key: str) -> dict[str, object]:
    return {
        "name": "golden-{{ imagebuilder:buildDate }}",
        "description": "Golden",
        "amiTags": {"Team": "images"},
        "kmsKeyId": key,
        "launchPermission": {"userIds": ["012345678901"]},
    }


def test_each_region_gets_the_same_permissions_and_its_own_key() -> None:
    reading = read(HCL)
    assert reading.document == {
        "name": "golden",
        "distributions": [
            {"region": "eu-west-1", "amiDistributionConfiguration": ami("alias/one")},
            {"region": "eu-west-2", "amiDistributionConfiguration": ami("alias/two")},
        ],
    }
    assert reading.kind == "packer"


def test_it_lists_everything_that_it_changes_or_leaves_out() -> None:
    reading = read(HCL)
    assert reading.notices[1] == (
        "Ignored options that a request can't have: encrypt_boot, snapshot_users."
    )
    assert {one.line for one in reading.repairs} == {11}
    assert {(one.expression, one.line) for one in reading.unresolved} == {("data.x.arn", 14)}


def test_json_is_read_with_its_user_variables() -> None:
    builder = {
        "type": "amazon-ebs",
        "name": "silver",
        "region": "{{user `region`}}",
        "ami_name": "silver-{{isotime}}",
        "ami_groups": ["all"],
        "kms_key_id": "{{user `key`}}",
    }
    template = {"variables": {"region": "eu-west-1", "key": ""}, "builders": [builder, builder]}
    first, _ = read_all(json.dumps(template))
    permission = {"userGroups": ["all"]}
    block = {"name": "silver-{{ imagebuilder:buildDate }}", "launchPermission": permission}
    assert first.document == {
        "name": "silver",
        "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": block}],
    }
    assert [one.expression for one in first.unresolved] == ["{{user `key`}}"]
