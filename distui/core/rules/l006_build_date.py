"""L006: an AMI's name differs from build to build."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.ami_tokens import BUILD_DATE, with_build_date
from distui.core.rules.rule import Context, Json, Problem, rule, set_value


@rule(
    "L006",
    Severity.ERROR,
    "The AMI name holds the build date",
    scope="distribution",
    why="Without it the second build fails because the name is taken.",
    evidence="Service model, AmiDistributionConfiguration: name.",
)
def build_date(distribution: Json, context: Context) -> Iterator[Problem]:
    """A name that is given and lacks the token; without a name the service makes a unique one."""
    name = distribution.get("amiDistributionConfiguration", {}).get("name", "")
    if name and not BUILD_DATE.search(name):
        place = "/amiDistributionConfiguration/name"
        yield Problem(
            place,
            "Give the AMI a name with {{ imagebuilder:buildDate }}, or leave it empty:"
            " without it the second build fails because the name is taken.",
            fix=set_value(place, with_build_date(name)),
        )
