"""L021: a shared AMI is not encrypted with an AWS managed key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_AMI = "/amiDistributionConfiguration"
_AWS_ALIAS = re.compile(r"(^|:)alias/aws/")


@rule(
    "L021",
    Severity.ERROR,
    "Shared AMI encrypted with an AWS managed key",
    scope="distribution",
    why="Other accounts can't be allowed to use an AWS managed key, so they can't launch the AMI.",
    evidence="AWS Knowledge Center: snapshots encrypted with the AWS managed CMK can't be shared.",
)
def shared_with_aws_managed_key(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report an AWS alias together with target accounts or launch permissions."""
    ami = value_at(distribution, _AMI, {})
    shared = ami.get("targetAccountIds") or ami.get("launchPermission")
    if shared and _AWS_ALIAS.search(ami.get("kmsKeyId", "")):
        yield Problem(
            f"{_AMI}/kmsKeyId",
            "AWS managed keys can't be shared across accounts. Use a customer managed key.",
        )
