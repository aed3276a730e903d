"""L010: the tokens that Image Builder replaces."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.ami_tokens import TOKEN
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L010",
    Severity.WARNING,
    "Tokens that Image Builder documents",
    scope="distribution",
    why="A token that it does not know stays in the name as it is, and EC2 refuses braces.",
    evidence=(
        "Image Builder user guide, Tag resources: imagebuilder:buildDate and "
        "imagebuilder:buildVersion."
    ),
)
def known_tokens(distribution: Json, context: Context) -> Iterator[Problem]:
    """Tokens in the AMI's name other than the documented ones."""
    name = distribution.get("amiDistributionConfiguration", {}).get("name", "")
    for token in TOKEN.findall(name):
        if token not in ("imagebuilder:buildDate", "imagebuilder:buildVersion"):
            yield Problem(
                "/amiDistributionConfiguration/name",
                f"{quoted(token)} is no documented token. There are imagebuilder:buildDate and"
                " imagebuilder:buildVersion.",
            )
