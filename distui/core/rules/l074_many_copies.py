"""L074: copies to more than 50 accounts queue."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import foreign_accounts
from distui.core.rules.rule import Context, Json, Problem, rule

_TARGETS = "/amiDistributionConfiguration/targetAccountIds"
_AT_ONCE = 50


@rule(
    "L074",
    Severity.INFO,
    "More than 50 target accounts",
    scope="distribution",
    why="EC2 makes at most 50 copies at the same time, so the distribution takes longer.",
    evidence="Image Builder user guide, quotas: 50 concurrent AMI copies per Region.",
)
def many_copies(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report more than 50 target accounts; sharing the AMI makes no copies."""
    count = len(foreign_accounts(distribution, _TARGETS, context.own_account))
    if count > _AT_ONCE:
        yield Problem(
            _TARGETS,
            f"{count:,} copies: EC2 makes {_AT_ONCE} at a time, and the others wait. To avoid"
            " copies, share the AMI with launch permissions.",
        )
