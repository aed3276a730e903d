"""Packer: the distribution of its AMIs."""

from __future__ import annotations

import json

import pytest

from distui.core.document.parse_error import ParseError
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
    assert reading.notices[1].endswith(
        ": encrypt_boot (line 17, column 3), snapshot_users (line 19, column 3)."
    )
    assert {one.line for one in reading.repairs} == {11}
    assert {(one.expression, one.line) for one in reading.unresolved} == {("data.x.arn", 14)}


# Options that are named; without a place here, it is line 3, column 1.
LOST = {
    'region_kms_key_ids = { us-east-1 = "alias/a", eu-west-1 = "alias/b" }': (
        "region_kms_key_ids.us-east-1 (line 3, column 24)"
    ),
    'kms_key_id = "alias/a"; region_kms_key_ids = { eu-west-1 = "alias/b" }': "kms_key_id",
    'kms_key_id = "alias/a"; region_kms_key_ids = var.keys': "kms_key_id",
    'ami_regions = { a = "eu-west-2" }': "ami_regions",
    'region_kms_key_ids = "alias/a"': "region_kms_key_ids",
    'tags = var.x; tag {; key = "a"; value = "b"; }': "tag (line 4, column 1)",
    'tag {; key = var.x; value = "b"; }': "tag",
    'tag {; key = "a"; }': "tag",
    'dynamic "tag" {; for_each = var.x; }': "dynamic tag",
    "encrypt_boot = var.x": "encrypt_boot",
    "encrypt_boot = false": "encrypt_boot",
    'ami_product_codes = ["a"]': "ami_product_codes",
    'ami_virtualization_type = "hvm"': "ami_virtualization_type",
    'deprecate_at = "2030-01-01T00:00:00Z"': "deprecate_at",
    "deregistration_protection {; enabled = true; }": "deregistration_protection",
    'snapshot_tags = { a = "b"; }': "snapshot_tags",
    'snapshot_groups = ["all"]': "snapshot_groups",
    'run_tags = { a = "b"; }': "run_tags",
    "force_deregister = true": "force_deregister",
    "skip_save_build_region = true": "skip_save_build_region",
    "skip_create_ami = true": "skip_create_ami",
    "ena_support = true": "ena_support",
    'boot_mode = "uefi"': "boot_mode",
    'imds_support = "v2.0"': "imds_support",
    'run_volume_tags = {}; skip_region_validation = true; instance_type = "t3.micro"': "",
}


@pytest.mark.parametrize("options", LOST)
def test_an_option_that_is_not_read_is_named(options: str) -> None:
    lines = options.replace("; ", "\n")
    reading = read(f'source "amazon-ebs" "x" {{\n  region = "eu-west-1"\n{lines}\n}}\n')
    named = LOST[options] if "(" in LOST[options] else f"{LOST[options]} (line 3, column 1)"
    listed = f"Ignored options that a request can't have: {named}."
    assert reading.notices[1:] == ((listed,) if LOST[options] else ())


def test_a_build_without_a_region_keeps_its_options() -> None:
    reading = read('source "amazon-ebs" "x" {\n  ami_name = "a"\n  kms_key_id = "alias/a"\n}\n')
    block = {"name": "a", "kmsKeyId": "alias/a"}
    assert reading.document["distributions"] == [
        {"region": "", "amiDistributionConfiguration": block}
    ]
    ((found),) = reading.unresolved
    assert (found.pointer, found.expression) == ("/distributions/0/region", "AWS_REGION")


def test_copies_alone_do_not_name_the_region_of_the_build() -> None:
    reading = read('source "amazon-ebs" "x" {\n  ami_regions = ["eu-west-2"]\n}\n')
    assert [part["region"] for part in reading.document["distributions"]] == ["eu-west-2"]
    assert reading.notices[1].startswith("The build has no Region")


def test_each_build_of_a_source_is_a_configuration() -> None:
    uses = ('name = "a"', 'name = "b"\n    ami_description = "B"')
    inner = "".join(f'  source "amazon-ebs.x" {{\n    {use}\n  }}\n' for use in uses)
    source = 'source "amazon-ebs" "x" {\n  region = "eu-west-1"\n  ami_name = "n"\n}\n'
    found = read_all(f"{source}build {{\n{inner}}}\n")
    assert [one.document["name"] for one in found] == ["a", "b"]
    file = {
        "source": {"amazon-ebs": {"x": {"region": "eu-west-1", "ami_name": "n"}}},
        "build": [{"source": {"amazon-ebs.x": [{"name": "a"}, {"name": "b"}]}}],
    }
    found = read_all(json.dumps(file))
    assert [one.document["name"] for one in found] == ["a", "b"]
    listed = f'{source}build {{\n  sources = ["source.amazon-ebs.x"]\n{inner}}}\n'
    assert [one.document["name"] for one in read_all(listed)] == ["x", "a", "b"]


def test_values_of_the_template_engine_are_unresolved() -> None:
    builder = {"type": "amazon-ebs", "name": "{{user `n`}}", "region": "{{env `R`}}"}
    builder |= {
        "ami_description": "{{user `d`}}",
        "ami_users": ["{{user `u`}}", "1"],
        "kms_key_id": "{{ .X }}",
    }
    reading = read(json.dumps({"variables": {"d": None}, "builders": [builder]}))
    block = {"launchPermission": {"userIds": ["1"]}}
    regions = [{"region": "", "amiDistributionConfiguration": block}]
    assert reading.document == {"name": "", "distributions": regions}
    assert [one.pointer.rpartition("/")[2] for one in reading.unresolved] == [
        "name", "region", "description", "kmsKeyId", "0",
    ]  # fmt: skip


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
    source |= {"//": "a comment", "tags": {"//": "a tag"}}
    file = {
        "variable": {"ids": {"default": ["012345678901"]}},
        "locals": {"now": '${formatdate("YYYY", timestamp())}'},
        "source": {"amazon-ebs": {"golden": source}, "null": {"x": {}}},
        "build": {"sources": ["source.amazon-ebs.golden"]},
    }
    reading = read(json.dumps(file))
    block = {
        "name": "golden-{{ imagebuilder:buildDate }}",
        "amiTags": {"//": "a tag", "Team": "images"},
        "launchPermission": {"userIds": ["012345678901"]},
    }
    regions = [{"region": "eu-west-1", "amiDistributionConfiguration": block}]
    assert reading.document == {"name": "golden", "distributions": regions}
    assert (
        reading.notices[1]
        == "Ignored options that a request can't have: dynamic (line 1, column 280)."
    )


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


VOLUMES = {
    "hcl": 'source "amazon-ebsvolume" "data" {\n  region = "eu-west-1"\n}\n',
    "json": '{"source": {\n"amazon-ebsvolume": {"data": {"region": "eu-west-1"}}%s}}',
    "builders": '{"builders": [\n{"type": "amazon-ebsvolume", "name": "data"}%s]}',
}
BESIDE = {
    "hcl": HCL,
    "json": ', "amazon-ebs": {"golden": {"region": "eu-west-1"}}',
    "builders": ', {"type": "amazon-ebs", "name": "golden"}',
}
PLACES = {"hcl": (1, 1), "json": (2, 22), "builders": (2, 1)}


@pytest.mark.parametrize("kind", [*VOLUMES])
def test_a_source_of_volumes_makes_no_ami(kind: str) -> None:
    line, column = PLACES[kind]
    notice = (
        "Not read, because it makes volumes and no AMI: amazon-ebsvolume.data"
        f" (line {line}, column {column})."
    )
    alone, beside = (
        VOLUMES[kind] + more if kind == "hcl" else VOLUMES[kind] % more
        for more in ("", BESIDE[kind])
    )
    with pytest.raises(ParseError) as refused:
        read_all(alone)
    assert str(refused.value) == (
        f"This Packer template has no source of type amazon-ebs. {notice}"
    )
    (reading,) = read_all(beside)
    assert (reading.title, reading.notices[0]) == ("golden", notice)
