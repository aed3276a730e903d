"""L055: how long an AMI's description can be."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_EC2 = 255


@rule(
    "L055",
    Severity.WARNING,
    "An AMI description longer than EC2's",
    scope="distribution",
    why="EC2 takes 255 characters, though Image Builder's API takes 1,024.",
    evidence="EC2 API reference, CreateImage: Description.",
)
def long_ami_description(distribution: Json, context: Context) -> Iterator[Problem]:
    """Descriptions beyond EC2's limit and within the API's."""
    text = distribution.get("amiDistributionConfiguration", {}).get("description", "")
    if len(text) > _EC2:
        yield Problem(
            "/amiDistributionConfiguration/description",
            f"EC2 takes {_EC2} characters, and these are {len(text)}.",
        )
