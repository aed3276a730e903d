"""L024: what target accounts need."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L024",
    Severity.INFO,
    "Target accounts need a role",
    scope="distribution",
    why="Without it the copy fails after the build.",
    evidence="Image Builder user guide, Set up cross-account AMI distribution.",
)
def target_prerequisites(distribution: Json, context: Context) -> Iterator[Problem]:
    """Target accounts other than our own."""
    ami = distribution.get("amiDistributionConfiguration", {})
    if set(ami.get("targetAccountIds", [])) - {context.own_account}:
        key = " The role also has to be allowed to use the KMS key." if "kmsKeyId" in ami else ""
        yield Problem(
            "/amiDistributionConfiguration/targetAccountIds",
            "Each of these accounts needs the role EC2ImageBuilderDistributionCrossAccountRole,"
            f" which trusts the account that builds the image.{key}",
        )
