"""L024: target accounts need a role."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_TARGETS = "/amiDistributionConfiguration/targetAccountIds"
_KEY = "/amiDistributionConfiguration/kmsKeyId"


@rule(
    "L024",
    Severity.INFO,
    "Target accounts need a role",
    scope="distribution",
    why="Without the role, the copy fails after the build.",
    evidence="Image Builder user guide, Set up cross-account AMI distribution.",
)
def target_prerequisites(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report target accounts other than our own."""
    if set(value_at(distribution, _TARGETS, ())) - {context.own_account}:
        has_key = value_at(distribution, _KEY, None) is not None
        key = " and have permission to use the KMS key" if has_key else ""
        yield Problem(
            _TARGETS,
            "Each target account needs the role EC2ImageBuilderDistributionCrossAccountRole."
            f" It must trust the build account{key}.",
        )
