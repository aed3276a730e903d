"""L015: the one group that an AMI can be shared with."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, remove, rule, set_value
from distui.core.text.characters import quoted


@rule(
    "L015",
    Severity.ERROR,
    "The only user group is all",
    scope="distribution",
    why="EC2 knows no other group than all, which is everyone.",
    evidence="Service model, LaunchPermissionConfiguration: userGroups.",
)
def user_group_all(distribution: Json, context: Context) -> Iterator[Problem]:
    """Each group but ``all``, written in lower case."""
    permission = distribution.get("amiDistributionConfiguration", {}).get("launchPermission", {})
    for index, group in enumerate(permission.get("userGroups", [])):
        if group not in ("", "all"):
            place = f"/amiDistributionConfiguration/launchPermission/userGroups/{index}"
            yield Problem(
                place,
                f"{quoted(group)} is no group. The only one is all, which makes the AMI public.",
                fix=set_value(place, "all") if group.strip().lower() == "all" else remove(place),
            )
