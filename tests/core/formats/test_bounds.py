"""Bounds of other formats: what is too much is refused soon."""

from __future__ import annotations

import json
import time

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


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_is_refused(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ParseError, match=r"more than|exceeds|More than"):
        read(text)
    assert time.process_time() - start < 2
