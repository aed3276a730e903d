"""L055: the length of an AMI description in EC2."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_DESCRIPTION = "/amiDistributionConfiguration/description"
_EC2_MAXIMUM = 255


@rule(
    "L055",
    Severity.WARNING,
    "AMI description length in EC2",
    scope="distribution",
    why="EC2 allows 255 characters, Image Builder's API 1,024.",
    evidence="EC2 API reference, CreateImage: Description.",
)
def ami_description_length(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report descriptions longer than EC2's maximum."""
    length = len(value_at(distribution, _DESCRIPTION))
    if length > _EC2_MAXIMUM:
        message = f"{length:,} characters exceed EC2's maximum of {_EC2_MAXIMUM}."
        yield Problem(_DESCRIPTION, message)
