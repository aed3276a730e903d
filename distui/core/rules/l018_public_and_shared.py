"""L018: a public AMI needs no other launch permission."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, remove, rule

_PERMISSION = "/amiDistributionConfiguration/launchPermission"


@rule(
    "L018",
    Severity.INFO,
    "Public AMI with other launch permissions",
    scope="distribution",
    why="A public AMI needs no other launch permission.",
    evidence="EC2 user guide, Make your AMI publicly available.",
)
def public_and_shared(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report accounts, organizations and OUs together with the group ``all``."""
    if "all" not in value_at(distribution, f"{_PERMISSION}/userGroups", ()):
        return
    for name in ("userIds", "organizationArns", "organizationalUnitArns"):
        pointer = f"{_PERMISSION}/{name}"
        if value_at(distribution, pointer):
            message = "Not needed: the AMI is public, so everyone has this permission."
            yield Problem(pointer, message, fix=remove(pointer))
