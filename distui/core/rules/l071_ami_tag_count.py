"""L071: an AMI has room for the service's own tags."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_TAGS = "/amiDistributionConfiguration/amiTags"
_OF_THE_SERVICE = {"CreatedBy", "Ec2ImageBuilderArn"}
_MAXIMUM, _API_MAXIMUM = 48, 50


@rule(
    "L071",
    Severity.WARNING,
    "Room for the tags that Image Builder adds",
    scope="distribution",
    why="Image Builder adds CreatedBy and Ec2ImageBuilderArn, and a resource has at most 50 tags.",
    evidence=(
        "Image Builder user guide, Tag resources; Amazon EC2 user guide, Tag restrictions: at "
        "most 50 tags per resource."
    ),
)
def ami_tag_count(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report more than 48 tags beside the service's two; the schema reports more than 50."""
    tags = set(value_at(distribution, _TAGS, ()))
    count = len(tags - _OF_THE_SERVICE)
    if len(tags) <= _API_MAXIMUM and count > _MAXIMUM:
        yield Problem(
            _TAGS,
            f"{count} tags leave no room for the two that Image Builder adds: an AMI has at most"
            f" {_API_MAXIMUM}. Remove {count - _MAXIMUM}.",
        )
