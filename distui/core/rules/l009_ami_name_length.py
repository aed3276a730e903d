"""L009: the length of an AMI name after its tokens are replaced."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.ami_tokens import (
    API_MAXIMUM,
    EC2_MAXIMUM,
    repaired_name,
    resolved_length,
)
from distui.core.rules.rule import Context, Json, Problem, rule, set_value

_NAME = "/amiDistributionConfiguration/name"


@rule(
    "L009",
    Severity.ERROR,
    "AMI name length after tokens are replaced",
    scope="distribution",
    why="EC2 allows 128 characters, and the build date is longer than the shortest token for it.",
    evidence=(
        "EC2 service model, CreateImage: Name; the example of an AMI name in Image Builder's "
        "service model."
    ),
)
def ami_name_length(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a name that is too long with the build date; the schema reports other long names."""
    name = value_at(distribution, _NAME)
    length = resolved_length(name)
    if len(name) <= API_MAXIMUM and length > EC2_MAXIMUM:
        yield Problem(
            _NAME,
            f"With the build date this name has {length} characters; EC2 allows {EC2_MAXIMUM}."
            f" Shorten it by {length - EC2_MAXIMUM}.",
            fix=set_value(_NAME, repaired_name(name)),
        )
