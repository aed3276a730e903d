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


BUILDS = """
variable "prefix" { default = "golden" }
local "day" { expression = formatdate("YYYYMMDD", timestamp()) }
locals {
  stamp = regex_replace(timestamp(), "[- TZ:]", "")
  label = "${var.prefix}-${local.stamp}"
}
source "amazon-ebs" "golden" {
  region   = "eu-west-1"
  ami_name = local.label
  tags     = { Day = local.day, Base = "{{ .SourceAMI }}", Free = "${var.free}-${local.day}" }
  tag {
    key   = "Team"
    value = "images"
  }
}
source "amazon-ebs" "silver" {
  region   = "eu-west-1"
  ami_name = "silver-${local.stamp}-${var.free}"
}
build {
  sources = ["source.amazon-ebs.golden"]
  source "source.amazon-ebs.silver" {
    name            = "bronze"
    ami_description = "Bronze"
  }
}
"""


def test_the_time_of_the_build_is_a_token() -> None:
    golden, bronze = read_all(BUILDS)
    (region,) = golden.document["distributions"]
    now = "{{ imagebuilder:buildDate }}"
    assert region["amiDistributionConfiguration"] == {
        "name": f"golden-{now}",
        "amiTags": {"Day": now, "Team": "images"},
    }
    assert [one.pointer.rpartition("/")[2] for one in golden.repairs] == ["name", "Day"]
    assert [one.expression for one in golden.unresolved] == [
        "{{ .SourceAMI }}",
        '"${var.free}-${local.day}"',
    ]
    (region,) = bronze.document["distributions"]
    assert region["amiDistributionConfiguration"] == {"description": "Bronze"}
    assert (bronze.document["name"], bronze.title) == ("bronze", "bronze")
    assert [one.expression for one in bronze.unresolved] == ['"silver-${local.stamp}-${var.free}"']


def test_a_text_with_commas_is_a_list() -> None:
    builder = {
        "type": "amazon-ebs",
        "ami_regions": "{{user `regions`}}",
        "ami_users": "012345678901, 210987654321",
        "ami_groups": "all",
    }
    template = {"variables": {"regions": "eu-west-1,eu-west-2"}, "builders": [builder]}
    reading = read(json.dumps(template))
    users = ["012345678901", "210987654321"]
    block = {"launchPermission": {"userIds": users, "userGroups": ["all"]}}
    assert reading.document["distributions"] == [
        {"region": region, "amiDistributionConfiguration": block}
        for region in ("eu-west-1", "eu-west-2")
    ]
    assert [one.message for one in reading.repairs][:2] == [
        "Read ami_regions as a list: eu-west-1, eu-west-2.",
        "Read ami_users as a list: 012345678901, 210987654321.",
    ]


def test_the_json_syntax_of_hcl_is_read() -> None:
    source = {"region": "eu-west-1", "ami_name": "golden-${local.now}", "ami_users": "${var.ids}"}
    source |= {"tag": [{"key": "Team", "value": "images"}], "dynamic": {"tag": {}}}
    file = {
        "variable": {"ids": {"default": ["012345678901"]}},
        "locals": {"now": '${formatdate("YYYY", timestamp())}'},
        "source": {"amazon-ebs": {"golden": source}, "null": {"x": {}}},
        "build": {"sources": ["source.amazon-ebs.golden"]},
    }
    reading = read(json.dumps(file))
    block = {
        "name": "golden-{{ imagebuilder:buildDate }}",
        "amiTags": {"Team": "images"},
        "launchPermission": {"userIds": ["012345678901"]},
    }
    regions = [{"region": "eu-west-1", "amiDistributionConfiguration": block}]
    assert reading.document == {"name": "golden", "distributions": regions}
    assert reading.notices[1] == "Ignored options that a request can't have: dynamic."


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
