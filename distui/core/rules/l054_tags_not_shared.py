"""L054: tags are not shared with an AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.accounts import is_shared
from distui.core.rules.rule import Context, Json, Problem, rule

_AMI = "/amiDistributionConfiguration"


@rule(
    "L054",
    Severity.INFO,
    "Tags of a shared AMI",
    scope="distribution",
    why="Tags belong to an account. Accounts with launch permission can't see them.",
    evidence="EC2 user guide, Share an AMI with organizations; aws/ec2-image-builder-roadmap#62.",
)
def tags_not_shared(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report AMI tags where others may launch the AMI and no account gets a copy."""
    ami = value_at(distribution, _AMI, {})
    is_copied = bool(ami.get("targetAccountIds"))
    if ami.get("amiTags") and not is_copied and is_shared(distribution, context.own_account):
        message = "Accounts that this AMI is shared with can't see its tags."
        yield Problem(f"{_AMI}/amiTags", message)
