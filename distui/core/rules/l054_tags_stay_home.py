"""L054: who sees the tags of a shared AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L054",
    Severity.INFO,
    "Tags of an AMI that is only shared",
    scope="distribution",
    why="Tags belong to an account: those who may launch the AMI do not see them.",
    evidence="EC2 user guide, Share an AMI with organizations; aws/ec2-image-builder-roadmap#62.",
)
def tags_stay_home(distribution: Json, context: Context) -> Iterator[Problem]:
    """AMI tags beside launch permissions, without target accounts."""
    ami = distribution.get("amiDistributionConfiguration", {})
    if ami.get("amiTags") and ami.get("launchPermission") and not ami.get("targetAccountIds"):
        yield Problem(
            "/amiDistributionConfiguration/amiTags",
            "The accounts that this AMI is shared with do not see its tags.",
        )
