"""Bounds of other formats: what is too much is refused soon."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read

RESOURCE = 'resource "aws_imagebuilder_distribution_configuration" "x" {\n  name = %s\n}\n'
DOUBLING = "".join(f'  b{n} = "${{local.b{n + 1}}}${{local.b{n + 1}}}"\n' for n in range(40))


def ten_aliases(old: str, new: str) -> str:
    """Return a line of YAML that is ten times as large as the one before."""
    return f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"


TOO_MUCH = {
    "aliases": "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(map(ten_aliases, "abcde", "bcdef")),
    "yaml items": "a:\n" + "- x\n" * 100_001,
    "yaml levels": "a: " + "{b: " * 100_000,
    "json values": json.dumps({"Resources": [[]] * 1_000_000}) + " " * 4_000_000,
    "json levels": '{"Resources": ' + "[" * 100_000,
    "bytes": "x" * 10_000_001,
    "hcl": RESOURCE % ("1" * 1_000_000),
    "hcl levels": RESOURCE % ("[" * 40 + "]" * 40),
    "hcl results": RESOURCE % "local.b0" + "locals {\n" + DOUBLING + '  b40 = "xxxxxxxxxx"\n}\n',
    "hcl references": RESOURCE % "local.b0"
    + "locals {\n"
    + DOUBLING.replace('"${', "[").replace("}${", ",").replace('}"', "]")
    + "  b40 = 1\n}\n",
}
TYPE, BIG = "aws_imagebuilder_distribution_configuration", "x" * 3_000_000
TAGS = {f"k{n}": "${var.b}" for n in range(20_000)}
TOO_MUCH |= {
    "hcl locals": RESOURCE % "local.l0"
    + "locals {\n"
    + "".join(f"  l{n} = local.l{n + 1}\n" for n in range(600))
    + "  l600 = 1\n}\n",
    "terraform in json": json.dumps(
        {
            "locals": {f"b{n}": f"${{local.b{n + 1}}}" * 2 for n in range(40)} | {"b40": "x" * 10},
            "resource": {TYPE: {"x": {"name": "${local.b0}"}}},
        }
    ),
    "texts in json": json.dumps(
        {
            "variable": {"b": {"default": BIG}},
            "resource": {TYPE: {"x": {"name": "x", "tags": TAGS}}},
        }
    ),
    "packer": json.dumps(
        {"variables": {"b": BIG}, "builders": [{"type": "amazon-", "ami_name": "{{user `b`}}" * 9}]}
    ),
}


def template_of(name: Any, **more: Any) -> str:
    """Return a template of CloudFormation with a name."""
    resource = {
        "Type": "AWS::ImageBuilder::DistributionConfiguration",
        "Properties": {"Name": name, "Distributions": []},
    }
    return json.dumps({"Resources": {"X": resource}} | more)


TOO_MUCH["parameters"] = template_of(
    {"Fn::Sub": "${P}" * 30_000}, Parameters={"P": {"Type": "String", "Default": BIG}}
)


def test_conditions_are_evaluated_once() -> None:
    both = {f"C{n}": {"Fn::And": [{"Condition": f"C{n + 1}"}] * 2} for n in range(40)}
    conditions = both | {"C40": {"Fn::Equals": ["a", "a"]}, "Own": {"Condition": "Own"}}
    name = {"Fn::If": ["C0", "a", "b"]}
    assert read(template_of(name, Conditions=conditions)).document["name"] == "a"
    found = read(template_of({"Fn::If": ["Own", "a", "b"]}, Conditions=conditions))
    assert len(found.unresolved) == 1


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_is_refused(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ParseError, match=r"more than|exceeds|More than|too many levels"):
        read(text)
    assert time.process_time() - start < 5  # on a busy machine; a quarter of it alone
