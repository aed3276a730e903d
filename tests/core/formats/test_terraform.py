"""Terraform in HCL: its names, dynamic blocks, and expressions."""

from __future__ import annotations

from typing import Any

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read, read_all

VALUES = """
variable "name" { default = "golden" }
variable "accounts" { default = ["012345678901", "210987654321"] }
variable "keys" { default = { eu-west-1 = "one", "eu-west-2" = "two" } }
variable "objects" {
  type = list(object({
    id    = string, tags = list(string)
    key   = optional(string)
    stage = optional(string, "dev")
  }))
  default = [{ id = "1", tags = ["x"] }, { id = "2", tags = ["y"] }]
}
variable "free" { type = string }
locals {
  prefix = "pre-${var.name}"
  round  = local.round
  tags   = merge({ a = "1" }, { b = 2 })
}
"""

TYPE = "aws_imagebuilder_distribution_configuration"


def described(expression: str) -> Any:
    """Return the reading of a resource with this description."""
    return read(
        f'{VALUES}resource "aws_imagebuilder_distribution_configuration" "x" {{\n'
        f"description = {expression}\n}}\n"
    )


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('"plain"', "plain"),
        ('" padded ${var.name} - x "', " padded golden - x "),
        (r'"a\"b\\c\nd"', 'a"b\\c\nd'),
        ('"$${not} %%{this}"', "${not} %{this}"),
        ('"%%{"', "%{"),
        ('"$${ ${var.name} }"', "${ golden }"),
        ('"$${" # }"', "${"),
        ('"{{ imagebuilder:buildDate }}"', "{{ imagebuilder:buildDate }}"),
        ("var.name", "golden"),
        ("local.prefix", "pre-golden"),
        ("local.tags.b", "2"),
        ('local.tags["a"]', "1"),
        ("var.accounts[0]", "012345678901"),
        ("var.accounts.1", "210987654321"),
        ('var.keys["eu-west-2"]', "two"),
        ('length(var.accounts) > 1 ? "many" : "one"', "many"),
        ('var.name == "golden" && !false ? "a" : "b"', "a"),
        ('(var.name != "golden" || false) ? "a" : "b"', "b"),
        ('join("-", concat(var.accounts, ["x"]))', "012345678901-210987654321-x"),
        ('upper(coalesce("", "a"))', "A"),
        ('lookup(var.keys, "no", "other")', "other"),
        ('format("%s-100%%-%d-%v", var.name, 2, true)', "golden-100%-2-true"),
        ('replace("a.b.c", ".", "-")', "a-b-c"),
        ('join(",", flatten([split("/", "a/b"), [["c"]]]))', "a,b,c"),
        ('contains(var.accounts, "210987654321") ? "yes" : "no"', "yes"),
        ("element(var.accounts, 3)", "210987654321"),
        ('trimprefix(trimsuffix("xax", "x"), "x")', "a"),
        ('join(",", [for a in var.accounts : upper(a) if a != "210987654321"])', "012345678901"),
        ('join(",", [for i, a in ["x", "y"] : "${i}${a}"])', "0x,1y"),
        ('join(",", keys({ for k, v in var.keys : v => k }))', "one,two"),
        ("<<-EOT\n    one\n      two\n  EOT", "one\n  two\n"),
        ("<<EOT\n${var.name} $${not}\nEOT", "golden ${not}\n"),
        ("length(var.accounts) + 7 * 2 - 9 / 2 - 7 % 4", "8.5"),
        ('join(",", var.objects[*].id)', "1,2"),
        ('join(",", var.objects.*.tags.0)', "x,y"),
        ('try(local.tags.none, var.keys["none"], var.name)', "golden"),
        ("-1234567 * -(1 - 3)", "-2469134"),
        ('try(var.objects[0].key, "none") == null ? "a" : "b"', "a"),
        ("var.objects[0].stage", "dev"),
        ('join(",", slice(range(1, 9), 0, 2))', "1,2"),
        ('join(",", [for one in setproduct(["a"], ["b", "c"]) : join("", one)])', "ab,ac"),
        ('zipmap(["a"], ["b"]).a == "b" ? tostring(max(1, "10")) : ""', "10"),
        ('jsonencode({ b = [1, "1"], a = true })', '{"a":true,"b":[1,"1"]}'),
        ('jsondecode("{\\"a\\": \\"b\\"}").a', "b"),
    ],
)
def test_an_expression_of_known_values_is_evaluated(expression: str, value: str) -> None:
    reading = described(expression)
    assert reading.document == {"description": value}
    assert reading.unresolved == ()


def test_known_parts_of_a_map_are_kept_beside_expressions() -> None:
    reading = read(
        f'{VALUES}resource "aws_imagebuilder_distribution_configuration" "x" {{\n'
        "  tags = merge(local.tags, { c = aws_x.y.id })\n}\n"
    )
    assert reading.document == {"tags": {"a": "1", "b": "2"}}
    assert [(one.pointer, one.expression) for one in reading.unresolved] == [
        ("/tags/c", "aws_x.y.id")
    ]


@pytest.mark.parametrize(
    "expression",
    [
        "var.free", "local.round", "data.aws_region.current.name", "aws_kms_key.x[0].arn",
        'file("x")', "try(var.free, 1)", 'jsonencode(var.free)', "count.index",
        "[for x in var.free : x][0]", "{ for x in [1] : var.free => x }.a",
        "{ for x in [1, 1] : x => x... }[1]", "[for x in [1] : x if var.free][0]",
        '"a-${var.free}"', "var.accounts[7]",
        "var.accounts[*].id", "tonumber(var.name)", "var.keys.no", "one(var.accounts)",
        'var.free == "x" ? "a" : "b"', "<<EOT\n${var.free}\nEOT",
    ],
)  # fmt: skip
def test_an_expression_without_a_value_is_unresolved(expression: str) -> None:
    reading = described(expression)
    assert reading.document == {}
    ((found),) = reading.unresolved
    assert found.pointer == "/description"
    assert found.expression == " ".join(expression.split())
    assert found.line == 20


def test_numbers_and_booleans_are_read_as_text_with_a_repair() -> None:
    for written in ("012345678901", "true", "1.5"):
        reading = described(written)
        assert reading.document == {"description": written}
        assert [one.message for one in reading.repairs] == [f"Read {written} as a string."]


def test_other_spellings_are_repaired() -> None:
    reading = read(
        'resource "aws_imagebuilder_distribution_configuration" "x" {\n'
        "  distributions {\n"
        '    region = "eu-west-1"\n'
        "    launch_template_configurations {\n"
        '      set_default_version = "false"\n'
        "      accountId = 123456789012\n"
        "    }\n  }\n  nonsense = 1\n}\n"
    )
    template = {"setDefaultVersion": False, "accountId": "123456789012"}
    assert reading.document == {
        "distributions": [{"region": "eu-west-1", "launchTemplateConfigurations": [template]}],
        "nonsense": 1,
    }
    assert [(one.line, one.message) for one in reading.repairs] == [
        (2, "Read distributions, which is distribution in this format."),
        (4, "Read launch_template_configurations as launchTemplateConfigurations."),
        (5, "Read set_default_version as setDefaultVersion."),
        (5, "Read “false” as false."),
        (6, "Read accountId, which is account_id in this format."),
        (6, "Read 123456789012 as a string."),
    ]


def test_the_awscc_provider_has_its_own_names() -> None:
    reading = read(
        'resource "awscc_imagebuilder_distribution_configuration" "x" {\n'
        '  name = "golden"\n'
        '  distributions = [{ region = "eu-west-1", ami_distribution_configuration = {\n'
        '    launch_permission_configuration = { user_ids = ["012345678901"] } } }]\n}\n'
    )
    ami = {"launchPermission": {"userIds": ["012345678901"]}}
    assert reading.document == {
        "name": "golden",
        "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": ami}],
    }
    assert reading.repairs == ()


RESOURCE = """
resource "aws_imagebuilder_distribution_configuration" "x" {
  for_each = %s
  name     = "golden-${each.key}"
  dynamic "distribution" {
    for_each = %s
    iterator = each_region
    content {
      region = each_region.value
    }
  }
}
"""


def test_a_resource_is_one_document_for_each_key() -> None:
    found = read_all(RESOURCE % ('toset(["a", "b"])', '["eu-west-1", "eu-west-2"]'))
    assert [one.document["name"] for one in found] == ["golden-a", "golden-b"]
    regions = [region["region"] for region in found[0].document["distributions"]]
    assert regions == ["eu-west-1", "eu-west-2"]
    assert found[1].title == "aws_imagebuilder_distribution_configuration.x[b]"
    assert found[0].notices == ("Ignored: for_each.",)


COUNTED = """
resource "aws_imagebuilder_distribution_configuration" "x" {
  count = %s
  name  = "golden-${count.index}"
  dynamic "distribution" {
    for_each = toset(["eu-west-2", "eu-west-1"])
    content {
      region = distribution.key
      dynamic "launch_template_configuration" {
        for_each = distribution.key == "eu-west-1" ? [1] : []
        content { launch_template_id = "lt-0ab1234c56d789012" }
      }
    }
  }
}
"""


def test_a_resource_is_one_document_for_each_of_its_count() -> None:
    one, other = read_all(COUNTED % "1 + 1")
    assert (one.document["name"], other.document["name"]) == ("golden-0", "golden-1")
    assert other.title == "aws_imagebuilder_distribution_configuration.x[1]"
    assert read(COUNTED % "1").title == "aws_imagebuilder_distribution_configuration.x"
    for unknown in ("0", "var.free"):
        assert [one.expression for one in read(COUNTED % unknown).unresolved] == [
            '"golden-${count.index}"'
        ]


def test_the_items_of_a_set_are_its_keys() -> None:
    variable = 'variable "r" {\n  type = set(string)\n  default = ["eu-west-2", "eu-west-1"]\n}\n'
    text = variable + (COUNTED % "1").replace('toset(["eu-west-2", "eu-west-1"])', "var.r")
    regions = [one["region"] for one in read(text).document["distributions"]]
    assert regions == ["eu-west-1", "eu-west-2"]


def test_dynamic_blocks_inside_of_others_know_their_elements() -> None:
    templates = [{"launchTemplateId": "lt-0ab1234c56d789012"}]
    assert read(COUNTED % "1").document["distributions"] == [
        {"region": "eu-west-1", "launchTemplateConfigurations": templates},
        {"region": "eu-west-2"},
    ]


@pytest.mark.parametrize(
    "block",
    [
        'jsonencode({ Name = "a", AmiTags = { Team = "images" } })',
        '<<JSON\n{"Name": "a", "AmiTags": {"Team": "images"}}\nJSON',
        'jsonencode({ Name = "a", AmiTags = merge({ Team = "images" }, {}) })',
    ],
)
def test_json_in_a_text_is_read_with_a_repair(block: str) -> None:
    reading = read(
        'resource "awscc_imagebuilder_distribution_configuration" "x" {\n  distributions = [{\n'
        f'    region = "eu-west-1"\n    ami_distribution_configuration = {block}\n  }}]\n}}\n'
    )
    ami = {"name": "a", "amiTags": {"Team": "images"}}
    regions = [{"region": "eu-west-1", "amiDistributionConfiguration": ami}]
    assert reading.document == {"distributions": regions}
    assert "Read the JSON in the string." in [one.message for one in reading.repairs]
    assert {one.line for one in reading.repairs} == {4}


def test_a_text_keeps_its_other_backslashes() -> None:
    reading = read(f'resource "{TYPE}" "x" {{\n  description = "a\\d \\"b\\" \\\\ \\u00e9"\n}}\n')
    assert reading.document == {"description": 'a\\d "b" \\ é'}


def test_an_unknown_dynamic_block_is_rejected_by_name() -> None:
    with pytest.raises(ParseError, match=r'dynamic "distribution" with for_each = var\.x') as found:
        read(RESOURCE % ("{ a = 1 }", "var.x"))
    assert "terraform show -json" in str(found.value)
    assert [(problem.line, problem.column) for problem in found.value.problems] == [(5, 3)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('resource "x" "y" {\n  a = \n}\n', "Invalid HCL: unexpected text at line 2, column 7"),
        ('resource "x" "y" {\n  a = 1\n  a = 2\n}\n', "Duplicate argument a at line 3, column 3"),
        (
            f'resource "{TYPE}" "y" {{\n  tags = {{\n    a = "1"\n    "a" = "2"\n  }}\n}}\n',
            "Duplicate key “a” at line 4, column 5",
        ),
        (
            f'resource "{TYPE}" "y" {{\n  tags = {{ for a in ["1", "2"] :\n    "x" => a }}\n}}\n',
            "Duplicate key “x” at line 3, column 5",
        ),
        ('resource "x" "y" {', "Invalid HCL"),
        ('resource "x" "y" {\n  a = "${"\n}\n', "Invalid HCL"),
        (f'resource "{TYPE}" "y" {{\n  a "b" {{}}\n}}\n', "a has a label at line 2, column 3"),
    ],
)
def test_it_says_where_hcl_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        read(text)


def test_a_provisioner_is_left_out_by_name() -> None:
    inner = '  provisioner "local-exec" { command = "x" }\n  connection { host = var.x }\n'
    reading = read(f'resource "{TYPE}" "x" {{\n  name = "golden"\n{inner}}}\n')
    assert (reading.document, reading.unresolved) == ({"name": "golden"}, ())
    assert reading.notices == ("Ignored: connection, provisioner.",)


def test_a_variable_of_an_unknown_type_has_its_default() -> None:
    variable = 'variable "x" {\n  type = thing(string)\n  default = { a = "1" }\n}\n'
    reading = read(f'{variable}resource "{TYPE}" "x" {{\n  tags = var.x\n}}\n')
    assert reading.document == {"tags": {"a": "1"}}


def test_modules_are_named() -> None:
    named = "module.a (line 1, column 1), module.b (line 2, column 1)"
    notice = f"Not read, because it isn't in this file: {named}."
    modules = 'module "a" {}\nmodule "b" {}\n'
    with pytest.raises(ParseError) as found:
        read(modules)
    assert str(found.value).endswith(notice)
    assert read(f'{modules}resource "{TYPE}" "x" {{\n  name = "x"\n}}\n').notices == (notice,)


TARGET = {
    "AWS::Region": "eu-west-1",
    "AWS::AccountId": "210987654321",
    "AWS::Partition": "aws",
}
DATA = """
data "aws_region" "here" {}
data "aws_region" "other" { name = "eu-west-2" }
data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
"""


def test_default_tags_of_the_provider_are_named() -> None:
    found = read_all(
        'provider "aws" {\n  default_tags { tags = {} }\n}\n'
        'provider "aws" {\n  alias = "west"\n'
        '  dynamic "default_tags" { content {} }\n}\nprovider "aws" { alias = "plain" }\n'
        f'resource "{TYPE}" "a" {{ name = "one" }}\n'
        f'resource "{TYPE}" "b" {{\n  provider = aws.west\n}}\n'
        f'resource "{TYPE}" "c" {{\n  provider = aws.plain\n}}\n'
        f'resource "{TYPE}" "d" {{\n  provider = aws.west[each.key]\n}}\n'
        f'resource "awscc{TYPE.removeprefix("aws")}" "e" {{ name = "two" }}\n'
    )
    notices = [next(iter(reading.notices), "") for reading in found]
    first = "Not read: default_tags of provider aws (line 2, column 3), which Terraform adds"
    west = "Not read: default_tags of provider aws.west (line 6, column 3), which Terraform adds"
    assert notices == [
        f"{first} to the tags.",
        f"{west} to the tags.",
        "Ignored: provider.",
        f"{west} to the tags.",
        "",
    ]


def test_data_sources_have_the_values_of_the_target() -> None:
    arn = "arn:${data.aws_partition.current.partition}:${data.aws_region.here.name}"
    text = DATA + (
        'resource "aws_imagebuilder_distribution_configuration" "x" {\n'
        f'  description = "{arn}:${{data.aws_caller_identity.current.account_id}}"\n'
        "  name = data.aws_region.other.name\n}\n"
    )
    reading = read(text, pseudo=TARGET)
    assert reading.document["description"] == "arn:aws:eu-west-1:210987654321"
    assert [one.expression for one in reading.unresolved] == ["data.aws_region.other.name"]
    assert len(read(text).unresolved) == 2
