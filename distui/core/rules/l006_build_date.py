"""L006: an AMI name includes the build date."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.ami_tokens import BUILD_DATE, repaired_name
from distui.core.rules.rule import Context, Json, Problem, rule, set_value

_NAME = "/amiDistributionConfiguration/name"


@rule(
    "L006",
    Severity.ERROR,
    "Build date in the AMI name",
    scope="distribution",
    why="AMI names must be unique. Without the build date, the second build fails.",
    evidence="Service model, AmiDistributionConfiguration: name.",
)
def build_date(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a name without the token; the service generates a unique name if there is none."""
    name = value_at(distribution, _NAME)
    if name and not BUILD_DATE.search(name):
        yield Problem(
            _NAME,
            "Include {{ imagebuilder:buildDate }} or leave the name empty: the second build fails"
            " if the AMI name already exists.",
            fix=set_value(_NAME, repaired_name(name)),
        )
