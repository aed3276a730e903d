"""L015: the only user group is ``all``."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, remove, rule, set_value


@rule(
    "L015",
    Severity.ERROR,
    "The only user group is all",
    scope="distribution",
    why="EC2 accepts only one user group: all, which is everyone.",
    evidence="Service model, LaunchPermissionConfiguration: userGroups.",
)
def user_group_all(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report groups other than ``all`` in lower case."""
    groups = "/amiDistributionConfiguration/launchPermission/userGroups"
    for pointer, group in items_at(distribution, groups):
        if group not in ("", "all"):
            is_all = group.strip().lower() == "all"
            fix = set_value(pointer, "all") if is_all else remove(pointer)
            yield Problem(pointer, "Only “all” is valid.", fix=fix)
