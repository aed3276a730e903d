"""L024: accounts that get the AMI need a role, and permission to use its key."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference import arns
from distui.core.reference.accounts import foreign_accounts, is_shared
from distui.core.reference.resource_names import is_aws_managed_key
from distui.core.rules.rule import Context, Json, Problem, rule

_TARGETS = "/amiDistributionConfiguration/targetAccountIds"
_KEY = "/amiDistributionConfiguration/kmsKeyId"


@rule(
    "L024",
    Severity.INFO,
    "Other accounts need a role and the key",
    scope="distribution",
    why="Without them, the copy or the launch in the other account fails after the build.",
    evidence=(
        "Image Builder user guide, Set up cross-account AMI distribution; EC2 user guide, Share "
        "an AMI: a customer managed key has to be shared too."
    ),
)
def target_prerequisites(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report target accounts other than our own, keys of other accounts, and shared keys."""
    key, own = value_at(distribution, _KEY), context.own_account
    targets = foreign_accounts(distribution, _TARGETS, own)
    if targets:
        also = " and have permission to use the KMS key" if key else ""
        yield Problem(
            _TARGETS,
            "Each target account needs the role EC2ImageBuilderDistributionCrossAccountRole."
            f" It must trust the build account{also}.",
        )
    arn = arns.parse(key)
    if own and arn and arn.account not in ("", own):
        yield Problem(
            _KEY,
            f"This key belongs to account {arn.account}. Its key policy must allow account {own}"
            " to use it and to create grants.",
        )
    elif key and not targets and not is_aws_managed_key(key) and is_shared(distribution, own):
        yield Problem(
            _KEY,
            "Accounts with launch permission also need permission to use this key: add them to its"
            " key policy.",
        )
