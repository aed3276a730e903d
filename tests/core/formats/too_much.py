"""Texts of all formats with more than they may have.

As a program, it reads each in a process of its own, and prints what that took and the reason.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read_all
from tests.machine_speed import slowness

TYPE = "AWS::ImageBuilder::DistributionConfiguration"
TERRAFORM = "aws_imagebuilder_distribution_configuration"
RESOURCE = f'resource "{TERRAFORM}" "x" {{\n  name = %s\n}}\n'
EMPTY = {"Type": TYPE, "Properties": {}}
DOUBLING = "".join(f'  b{n} = "${{local.b{n + 1}}}${{local.b{n + 1}}}"\n' for n in range(40))
BIG = "x" * 3_000_000
MAX_BYTES, MAX_NODES, MAX_DEPTH = 10_000_000, 100_000, 32


def ten_aliases(old: str, new: str) -> str:
    """Return a line of YAML that is ten times as large as the one before."""
    return f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"


def template(**more: Any) -> str:
    """Return a template of CloudFormation with these members too."""
    return json.dumps({"Resources": {"X": EMPTY}} | more)


def nested(levels: int) -> Any:
    """Return lists with this many levels."""
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


ALIASES = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(map(ten_aliases, "abcde", "bcdef"))
# A file of each format, with %s in place of a value.
FRAMES = {
    "request": '{"name": %s, "distributions": []}',
    "yaml": "name: %s\ndistributions: []\n",
    "template": f'{{"Metadata": %s, "Resources": {{"X": {{"Type": "{TYPE}"}}}}}}',
    "yaml template": f"Metadata: %s\nResources:\n  X: {{Type: '{TYPE}', Properties: {{}}}}\n",
    "hcl": RESOURCE,
    "terraform json": f'{{"locals": {{"a": %s}}, "resource": {{"{TERRAFORM}": {{"x": {{}}}}}}}}',
    "plan": '{"terraform_version": "1", "values": %s}',
    "packer": 'source "amazon-ebs" "x" {\n  ami_name = %s\n}\n',
    "packer json": '{"builders": [{"type": "amazon-ebs", "ami_name": %s}]}',
    "python": "{'name': %s}",
}


def of_bytes(frame: str) -> str:
    """Return a file of a byte more than is read."""
    return frame % f'"{"x" * (MAX_BYTES - 1 - len(frame % ""))}"'


def of_values(frame: str) -> str:
    """Return a file of a value more than is read."""
    return frame % json.dumps([1] * (MAX_NODES + 1))


# Functions, so that the process which is measured makes its own text only.
TOO_MUCH: dict[str, Callable[[], str]] = {}
for _name, _frame in FRAMES.items():
    TOO_MUCH[f"{_name}, bytes"] = partial(of_bytes, _frame)
    TOO_MUCH[f"{_name}, levels"] = partial(_frame.__mod__, json.dumps(nested(MAX_DEPTH + 1)))
    if _name not in ("request", "python"):  # a draft's limits are for those
        TOO_MUCH[f"{_name}, values"] = partial(of_values, _frame)
TOO_MUCH |= {
    "aliases": lambda: ALIASES,
    "aliases of a template": lambda: f"{ALIASES}Resources: {{X: {{Type: '{TYPE}'}}}}\n",
    "deep yaml": lambda: "a: " + "{b: " * 100_000,
    "empty yaml documents": lambda: "---\n" * 2_000_000,
    "json values": lambda: template(More=[[]] * 1_000_000),
    "deep json": lambda: '{"Resources": ' + "[" * 100_000,
    "json documents": lambda: "{}" * 4_000_000,
    "json with comments": lambda: "# x\n" * 1_000_000 + '{"a": [' + "1," * 400_000,
    "python text": lambda: "{'a': [" + "1," * 490_000 + "]}",
    "hcl comment": lambda: "/*" + " /* " * 100_000,
    "hcl results": lambda: RESOURCE % "local.b0"
    + "locals {\n"
    + DOUBLING
    + '  b40 = "xxxxxxxxxx"\n}\n',
    "hcl references": lambda: RESOURCE % "local.b0"
    + "locals {\n"
    + DOUBLING.replace('"${', "[").replace("}${", ",").replace('}"', "]")
    + "  b40 = 1\n}\n",
    "hcl locals": lambda: RESOURCE % "local.l0"
    + "locals {\n"
    + "".join(f"  l{n} = local.l{n + 1}\n" for n in range(600))
    + "  l600 = 1\n}\n",
    "hcl products": lambda: RESOURCE % "join(\",\", [for a in local.c : a[0]])"
    + "locals {\n  a = range(1000)\n  b = range(0, 1000)\n  c = [for x in local.a : local.b]\n}\n",
    "hcl count": lambda: RESOURCE % '"x"\n  count = 1000000000',
    "terraform in json": lambda: json.dumps(
        {
            "locals": {f"b{n}": f"${{local.b{n + 1}}}" * 2 for n in range(40)} | {"b40": "x" * 10},
            "resource": {TERRAFORM: {"x": {"name": "${local.b0}"}}},
        }
    ),
    "texts in json": lambda: json.dumps(
        {
            "variable": {"b": {"default": BIG}},
            "resource": {
                TERRAFORM: {"x": {"tags": {f"k{n}": "${var.b}" for n in range(20_000)}}}
            },
        }
    ),
    "packer variables": lambda: json.dumps(
        {"variables": {"b": BIG}, "builders": [{"type": "amazon-", "ami_name": "{{user `b`}}" * 9}]}
    ),
    "parameters": lambda: json.dumps(
        {
            "Parameters": {"P": {"Type": "String", "Default": BIG}},
            "Resources": {
                "X": {"Type": TYPE, "Properties": {"Name": {"Fn::Sub": "${P}" * 30_000}}}
            },
        }
    ),
    "loops": lambda: json.dumps(
        {
            "Resources": {
                "Fn::ForEach::A": [
                    "A", ["x"] * 2000,
                    {"Fn::ForEach::B": ["B", ["y"] * 2000, {"${A}${B}": EMPTY}]},
                ]
            }
        }
    ),
}  # fmt: skip


_SLOW = 0.5  # seconds: worth a second look


def refusal(text: str) -> dict[str, Any]:
    """Return why a text is refused, and the seconds and the bytes that this takes.

    The seconds are those of a machine of usual speed.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, reason = time.process_time(), ""
    try:
        read_all(text.encode())
    except ParseError as error:
        reason = str(error)
    seconds = time.process_time() - start
    if seconds > _SLOW:
        seconds /= slowness()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"reason": reason[:200], "seconds": seconds, "megabytes": (after - before) / 1024}


def main() -> None:
    """Print the refusal of each text, read by a child of this process."""
    for frame in FRAMES.values():  # imports what the formats need
        refusal(frame % '"x"')
    for name, make in TOO_MUCH.items():
        sys.stdout.flush()
        if child := os.fork():
            os.waitpid(child, 0)
            continue
        found = {"name": name} | refusal(make())
        if found["seconds"] > _SLOW:  # perhaps another process had the core for a while
            found["seconds"] = min(found["seconds"], refusal(make())["seconds"])
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
