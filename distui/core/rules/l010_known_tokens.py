"""L010: the tokens that Image Builder replaces."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.ami_tokens import KNOWN_TOKENS, TOKEN, repaired_name
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import quoted

_NAME = "/amiDistributionConfiguration/name"


@rule(
    "L010",
    Severity.WARNING,
    "Documented tokens only",
    scope="distribution",
    why="Image Builder doesn't replace an unknown token, and EC2 rejects its braces.",
    evidence=f"Image Builder user guide, Tag resources: {' and '.join(KNOWN_TOKENS)}.",
)
def known_tokens(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report undocumented tokens in the AMI name."""
    name = value_at(distribution, _NAME)
    for token in TOKEN.findall(name):
        if token not in KNOWN_TOKENS:
            fixed = repaired_name(name)
            is_misspelled = token not in TOKEN.findall(fixed)
            yield Problem(
                _NAME,
                f"{quoted(token)} isn't a documented token. Use {' or '.join(KNOWN_TOKENS)}.",
                fix=set_value(_NAME, fixed) if is_misspelled else (),
            )
