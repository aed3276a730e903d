"""L022: a shared AMI has a customer managed key."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_AMI = "/amiDistributionConfiguration"


@rule(
    "L022",
    Severity.WARNING,
    "Shared AMI without a KMS key",
    scope="distribution",
    why="Other accounts can use an encrypted image only with a key that they may use.",
    evidence="Image Builder user guide, Limits for cross-account distribution.",
)
def shared_without_key(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report target accounts or launch permissions, except public ones, without a key."""
    ami = value_at(distribution, _AMI, {})
    permission = ami.get("launchPermission", {})
    shared = ami.get("targetAccountIds") or set(permission) - {"userGroups"}
    if shared and "kmsKeyId" not in ami:
        yield Problem(
            f"{_AMI}/kmsKeyId",
            "Without a customer managed key this works only for unencrypted images: snapshots"
            " encrypted with aws/ebs can't be shared.",
        )
