"""L010: the tokens that Image Builder replaces."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.ami_tokens import TOKEN
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_NAME = "/amiDistributionConfiguration/name"
_DOCUMENTED = ("imagebuilder:buildDate", "imagebuilder:buildVersion")


@rule(
    "L010",
    Severity.WARNING,
    "Documented tokens only",
    scope="distribution",
    why="Image Builder doesn't replace an unknown token, and EC2 rejects its braces.",
    evidence=f"Image Builder user guide, Tag resources: {' and '.join(_DOCUMENTED)}.",
)
def known_tokens(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report undocumented tokens in the AMI name."""
    for token in TOKEN.findall(value_at(distribution, _NAME)):
        if token not in _DOCUMENTED:
            yield Problem(
                _NAME,
                f"{quoted(token)} isn't a documented token. Use {' or '.join(_DOCUMENTED)}.",
            )
