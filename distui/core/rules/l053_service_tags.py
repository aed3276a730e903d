"""L053: tags that the service sets itself."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, remove, rule


@rule(
    "L053",
    Severity.WARNING,
    "Tags that Image Builder sets itself",
    scope="distribution",
    why="IAM policies recognise Image Builder's resources by them.",
    evidence="Image Builder user guide, Tag resources; the service-linked role's policy.",
)
def service_tags(distribution: Json, context: Context) -> Iterator[Problem]:
    """``CreatedBy`` and ``Ec2ImageBuilderArn`` among the AMI's tags."""
    tags = distribution.get("amiDistributionConfiguration", {}).get("amiTags", {})
    for key in ("CreatedBy", "Ec2ImageBuilderArn"):
        if key in tags:
            place = f"/amiDistributionConfiguration/amiTags/{key}"
            yield Problem(
                place,
                f"Image Builder sets {key} itself, and policies rely on its value.",
                fix=remove(place),
            )
