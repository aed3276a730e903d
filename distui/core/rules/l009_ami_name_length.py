"""L009: an AMI's name fits EC2 once its tokens are replaced."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.ami_tokens import BUILD_DATE
from distui.core.rules.rule import Context, Json, Problem, rule

_EXAMPLE = "2022-10-26T22-30-05.912619Z"
_ALLOWED_BEFORE, _ALLOWED_AFTER = 127, 128


@rule(
    "L009",
    Severity.ERROR,
    "The AMI name fits after its tokens are replaced",
    scope="distribution",
    why=(
        "EC2 takes 3 to 128 characters, and the build date is longer than the shortest way to "
        "ask for it."
    ),
    evidence=(
        "EC2 service model, CreateImage: Name; the example of a name in Image Builder's "
        "service model."
    ),
)
def ami_name_length(distribution: Json, context: Context) -> Iterator[Problem]:
    """The name with each build date written out; one too long already is the schema's finding."""
    name = distribution.get("amiDistributionConfiguration", {}).get("name", "")
    length = len(BUILD_DATE.sub(_EXAMPLE, name))
    if len(name) <= _ALLOWED_BEFORE and length > _ALLOWED_AFTER:
        yield Problem(
            "/amiDistributionConfiguration/name",
            f"With the build date written out this name has {length} characters:"
            f" EC2 takes {_ALLOWED_AFTER}. Shorten it by {length - _ALLOWED_AFTER}.",
        )
