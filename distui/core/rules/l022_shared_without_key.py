"""L022: what a shared AMI is encrypted with."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L022",
    Severity.WARNING,
    "A shared AMI without a KMS key",
    scope="distribution",
    why=("Where the image is encrypted, other accounts get it only under a key that they may use."),
    evidence="Image Builder user guide, Limits for cross-account distribution.",
)
def shared_without_key(distribution: Json, context: Context) -> Iterator[Problem]:
    """Target accounts or launch permissions, other than public ones, without ``kmsKeyId``."""
    ami = distribution.get("amiDistributionConfiguration", {})
    permission = ami.get("launchPermission", {})
    shared = ami.get("targetAccountIds") or set(permission) - {"userGroups"}
    if shared and "kmsKeyId" not in ami:
        yield Problem(
            "/amiDistributionConfiguration/kmsKeyId",
            "Without a key only an unencrypted image can be given to other accounts. Where EBS"
            " encrypts by default, the default key is used, and AWS's own cannot be shared.",
        )
