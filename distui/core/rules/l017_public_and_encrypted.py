"""L017: a public AMI is not encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_KEY = "/amiDistributionConfiguration/kmsKeyId"
_GROUPS = "/amiDistributionConfiguration/launchPermission/userGroups"


@rule(
    "L017",
    Severity.WARNING,
    "Public AMI with a KMS key",
    scope="distribution",
    why="EC2 can't make an AMI with encrypted snapshots public.",
    evidence=(
        "EC2 user guide, Make your AMI publicly available. The API accepts both: the AWS CDK's "
        "integration test deploys such a configuration."
    ),
)
def public_and_encrypted(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a key together with the group ``all``."""
    if "all" in value_at(distribution, _GROUPS, ()) and value_at(distribution, _KEY):
        yield Problem(
            _KEY,
            "A public AMI can't be encrypted: distribution fails. Remove the key, or share"
            " the AMI with accounts, organizations or OUs instead of “all”.",
        )
