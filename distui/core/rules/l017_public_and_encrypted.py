"""L017: an encrypted AMI cannot be public."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L017",
    Severity.ERROR,
    "A public AMI has no KMS key",
    scope="distribution",
    why="EC2 does not let an AMI with encrypted snapshots be made public.",
    evidence="EC2 user guide, Make your AMI publicly available.",
)
def public_and_encrypted(distribution: Json, context: Context) -> Iterator[Problem]:
    """A key beside the group ``all``."""
    ami = distribution.get("amiDistributionConfiguration", {})
    public = "all" in ami.get("launchPermission", {}).get("userGroups", [])
    if public and ami.get("kmsKeyId"):
        yield Problem(
            "/amiDistributionConfiguration/kmsKeyId",
            "An encrypted AMI cannot be public. Leave the key out, or share the AMI with accounts,"
            " organizations or units instead of all.",
        )
