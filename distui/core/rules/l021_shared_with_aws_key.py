"""L021: an AMI under an AWS managed key cannot be shared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_AWS_ALIAS = re.compile(r"(^|:)alias/aws/")


@rule(
    "L021",
    Severity.ERROR,
    "A shared AMI is not encrypted with an AWS managed key",
    scope="distribution",
    why="No other account can be let use an AWS managed key, so nobody could start the AMI.",
    evidence=(
        "AWS knowledge centre: snapshots encrypted with the AWS managed CMK can't be shared."
    ),
)
def shared_with_aws_key(distribution: Json, context: Context) -> Iterator[Problem]:
    """An alias of AWS beside target accounts or launch permissions."""
    ami = distribution.get("amiDistributionConfiguration", {})
    shared = ami.get("targetAccountIds") or ami.get("launchPermission")
    if shared and _AWS_ALIAS.search(ami.get("kmsKeyId", "")):
        yield Problem(
            "/amiDistributionConfiguration/kmsKeyId",
            "AWS manages this key, and what it encrypts cannot be shared with other accounts."
            " Use a key of your own.",
        )
