"""L008: what stands in an AMI's name outside its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.ami_tokens import TOKEN
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_REFUSED = re.compile(r"[:{}\t\n\r\f\v]")


@rule(
    "L008",
    Severity.ERROR,
    "An AMI name holds no colon, brace or line break outside its tokens",
    scope="distribution",
    why="The API's pattern lets them pass, and EC2 refuses the name when the AMI is made.",
    evidence="EC2 service model, CreateImage: Name.",
)
def ami_name_characters(distribution: Json, context: Context) -> Iterator[Problem]:
    """The name without its tokens; of white space only the plain space is a character of names."""
    name = distribution.get("amiDistributionConfiguration", {}).get("name", "")
    if found := _REFUSED.search(TOKEN.sub("", name)):
        meant = (
            " A token is written {{ imagebuilder:buildDate }}, its braces in pairs."
            if found[0] in "{}"
            else ""
        )
        yield Problem(
            "/amiDistributionConfiguration/name",
            f"{quoted(found[0])} cannot stand in an AMI's name outside a token.{meant}",
        )
