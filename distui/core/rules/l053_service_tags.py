"""L053: Image Builder sets some AMI tags itself."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, remove, rule

_TAGS = "/amiDistributionConfiguration/amiTags"


@rule(
    "L053",
    Severity.WARNING,
    "Tags that Image Builder sets",
    scope="distribution",
    why="IAM policies identify Image Builder's resources by these tags.",
    evidence="Image Builder user guide, Tag resources; the policy of the service-linked role.",
)
def service_tags(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report ``CreatedBy`` and ``Ec2ImageBuilderArn`` in the AMI's tags."""
    tags = value_at(distribution, _TAGS, {})
    for key in ("CreatedBy", "Ec2ImageBuilderArn"):
        if key in tags:
            pointer = f"{_TAGS}/{key}"
            message = f"Image Builder sets {key} itself, and IAM policies rely on its value."
            yield Problem(pointer, message, fix=remove(pointer))
