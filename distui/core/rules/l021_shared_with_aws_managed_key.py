"""L021: a shared AMI is not encrypted with an AWS managed key."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.accounts import is_shared
from distui.core.reference.resource_names import is_aws_managed_key
from distui.core.rules.rule import Context, Json, Problem, rule

_KEY = "/amiDistributionConfiguration/kmsKeyId"


@rule(
    "L021",
    Severity.ERROR,
    "Shared AMI encrypted with an AWS managed key",
    scope="distribution",
    why="Other accounts can't be allowed to use an AWS managed key, so they can't launch the AMI.",
    evidence="AWS Knowledge Center: snapshots encrypted with the AWS managed CMK can't be shared.",
)
def shared_with_aws_managed_key(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report ``aws/ebs`` and other AWS aliases if other accounts get the AMI or may launch it."""
    shared = is_shared(distribution, context.own_account)
    if shared and is_aws_managed_key(value_at(distribution, _KEY)):
        yield Problem(
            _KEY,
            "AWS managed keys can't be shared across accounts. Use a customer managed key.",
        )
