"""L008: the characters of an AMI name outside its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.ami_tokens import TOKEN, repaired_name
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import quoted

_NAME = "/amiDistributionConfiguration/name"
_DISALLOWED = re.compile(r"[:{}\t\n\r\f\v]")


@rule(
    "L008",
    Severity.ERROR,
    "No colon, brace or line break in an AMI name outside its tokens",
    scope="distribution",
    why="The API accepts them, but EC2 rejects the name when it creates the AMI.",
    evidence="EC2 service model, CreateImage: Name.",
)
def ami_name_characters(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report the first disallowed character; the only white space allowed is the space."""
    name = value_at(distribution, _NAME)
    if found := _DISALLOWED.search(TOKEN.sub("", name)):
        hint = " Write tokens as {{ imagebuilder:buildDate }}." if found[0] in "{}" else ""
        message = f"{quoted(found[0])} isn't allowed in an AMI name outside a token.{hint}"
        yield Problem(_NAME, message, fix=set_value(_NAME, repaired_name(name)))
