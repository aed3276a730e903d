"""L018: who is named beside everyone."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, remove, rule


@rule(
    "L018",
    Severity.INFO,
    "Shared with everyone and with some",
    scope="distribution",
    why="A public AMI needs no further launch permission.",
    evidence="EC2 user guide, Make your AMI publicly available.",
)
def public_and_shared(distribution: Json, context: Context) -> Iterator[Problem]:
    """Accounts, organizations and units beside the group ``all``."""
    permission = distribution.get("amiDistributionConfiguration", {}).get("launchPermission", {})
    if "all" in permission.get("userGroups", []):
        for name in ("userIds", "organizationArns", "organizationalUnitArns"):
            if permission.get(name):
                place = f"/amiDistributionConfiguration/launchPermission/{name}"
                yield Problem(
                    place,
                    "The AMI is public, so everyone has this permission already.",
                    fix=remove(place),
                )
