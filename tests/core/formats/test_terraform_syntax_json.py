"""Terraform's JSON syntax, ``.tf.json``: the same resource as in HCL."""

from __future__ import annotations

import json
from typing import Any

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read, read_all

TYPE = "aws_imagebuilder_distribution_configuration"
FILE = {
    "variable": {
        "name": {"default": "golden"},
        "literal": {"default": "${not.evaluated}"},
        "regions": {"default": ["eu-west-1", "eu-west-2"]},
        "free": {"type": "string"},
    },
    "locals": [{"prefix": "pre-${var.name}", "round": "${local.round}"}, {"//": "a comment"}],
}


def file_of(body: Any, type_: str = TYPE, **more: Any) -> str:
    """Return a file with a resource."""
    return json.dumps(FILE | more | {"resource": {type_: {"x": body}}})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("${var.name}", "golden"),
        ('a ${local.prefix}, "quoted" ${upper("}")}\n', 'a pre-golden, "quoted" }\n'),
        ("$${not} %%{this} {{ imagebuilder:buildDate }}", None),
        ("${var.regions[1]}", "eu-west-2"),
        ("${var.literal}", "${not.evaluated}"),
        ('${length(var.regions) > 1 ? "many" : "one"}', "many"),
    ],
)
def test_a_text_is_a_template(text: str, value: str | None) -> None:
    reading = read(file_of({"description": text}))
    expected = value or text.replace("$${", "${").replace("%%{", "%{")
    assert reading.document == {"description": expected}
    assert reading.unresolved == ()
    assert reading.kind == "terraform"


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("${var.free}", "var.free"),
        ("${local.round}", "local.round"),
        ('${aws_kms_key.x["a"].arn}', 'aws_kms_key.x["a"].arn'),
        ("a ${var.free}", "a ${var.free}"),
        ("%{ if true }a%{ endif }", "%{ if true }a%{ endif }"),
        ("${var.", "${var."),
        ("${1 +}", "${1 +}"),
    ],
)
def test_a_text_without_a_value_is_unresolved(text: str, expression: str) -> None:
    (found,) = read(file_of({"name": "x", "description": text})).unresolved
    assert (found.pointer, found.expression) == ("/description", expression)


def test_blocks_are_objects_or_lists_and_can_be_dynamic() -> None:
    dynamic = {
        "for_each": "${var.regions}",
        "iterator": "one",
        "content": {"region": "${one.value}", "ami_distribution_configuration": [{"name": "a"}]},
    }
    body = {
        "//": "ignored",
        "name": "x",
        "distribution": {"region": "eu-west-3"},
        "dynamic": {"distribution": [dynamic]},
        "lifecycle": {"prevent_destroy": True},
    }
    reading = read(file_of([body]))
    ami = {"amiDistributionConfiguration": {"name": "a"}}
    regions = [{"region": "eu-west-3"}, *({"region": f"eu-west-{n}"} | ami for n in (1, 2))]
    assert reading.document == {"name": "x", "distributions": regions}
    assert reading.notices == ("Ignored: lifecycle.",)
    assert reading.places()["/distributions/0"][0] == 1


def test_comments_are_ignored_in_blocks_but_not_in_maps() -> None:
    tags = {"//": "a", "_b": "${var.name}"}
    region = {"region": "eu-west-1", "//": "ignored"}
    body = {"name": "x", "tags": tags, "distribution": [region]}
    body |= {"dynamic": {"distribution": {"for_each": [1], "content": region}}}
    assert read(file_of(body)).document == {
        "name": "x",
        "tags": {"//": "a", "_b": "golden"},
        "distributions": [{"region": "eu-west-1"}] * 2,
    }


def test_each_key_and_each_provider_is_a_document() -> None:
    body = {"for_each": "${var.regions}", "name": "${each.key}"}
    found = read_all(file_of(body, f"awscc{TYPE[3:]}"))
    assert [reading.document["name"] for reading in found] == ["eu-west-1", "eu-west-2"]
    assert found[0].title == f"awscc{TYPE[3:]}.x[eu-west-1]"


def test_unknown_elements_are_rejected_by_name() -> None:
    block = {"for_each": "${var.free}", "content": {"region": "x"}}
    with pytest.raises(ParseError, match=r'dynamic "distribution" with for_each = var\.free'):
        read(file_of({"name": "x", "dynamic": {"distribution": block}}))


@pytest.mark.parametrize("text", ['{"resource": {}}', '{"variable": {"a": {}}, "module": {}}'])
def test_a_file_without_the_resource_is_rejected(text: str) -> None:
    with pytest.raises(ParseError, match="Terraform configuration has no resource"):
        read(text)


def test_modules_are_named() -> None:
    reading = read(file_of({"name": "x"}, module={"a": {"source": "./a"}}))
    assert reading.notices == (
        "Not read, because it isn't in this file: module.a (line 1, column 273).",
    )


def test_data_sources_have_the_values_of_the_target() -> None:
    data = {"aws_region": {"here": {}, "other": {"name": "eu-west-2"}}}
    text = "${data.aws_region.here.region}"
    body = {"name": text, "description": text.replace("here", "other")}
    reading = read(file_of(body, data=data), pseudo={"AWS::Region": "eu-west-1"})
    assert reading.document == {"name": "eu-west-1"}
    assert [one.pointer for one in reading.unresolved] == ["/description"]


def test_default_tags_of_the_provider_are_named() -> None:
    inner = {"default_tags": {"tags": {}}}
    west = {"alias": "west", "dynamic": {"default_tags": {"content": {}}}}
    found = read_all(
        json.dumps(
            {
                "resource": {TYPE: {n: {"provider": n} for n in ("aws", "aws.west", "aws.x")}},
                "provider": {"aws": [inner, west, {"alias": "x"}]},
            },
            indent=1,
        )
    )
    first, second, third = (reading.notices[0] for reading in found)
    assert first.startswith("Not read: default_tags of provider aws (line 18, column 5), which")
    assert second.startswith("Not read: default_tags of provider aws.west (line 25, column 6), ")
    assert third == "Ignored: provider."
