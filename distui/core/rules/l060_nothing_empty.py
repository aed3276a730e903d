"""L060: absent is not empty."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import Path, pointer
from distui.core.rules.rule import Context, Json, Problem, rule

_UNREFUSED = {
    "amiDistributionConfiguration",
    "launchPermission",
    "userGroups",
    "containerTags",
    "snapshotConfiguration",
    "launchTemplate",
    "ssmParameterConfigurations",
}


@rule(
    "L060",
    Severity.ERROR,
    "Nothing empty is sent",
    scope="distribution",
    why="Tools take an empty structure or list for absent, for a reset or for a mistake.",
    evidence="hashicorp/terraform-provider-aws#42669; the SDK's own minimum lengths.",
)
def nothing_empty(distribution: Json, context: Context) -> Iterator[Problem]:
    """Structures and lists that the schema lets be empty; it refuses all others itself."""
    for path in _empty(distribution, ()):
        yield Problem(
            pointer(path),
            f"{path[-1]} is there and holds nothing. Fill it in, or leave it out.",
            missing=True,
            fix=({"op": "remove", "path": pointer(path)},),
        )


def _empty(node: Json | list[Json], path: Path) -> Iterator[Path]:
    members = node.items() if isinstance(node, dict) else enumerate(node)
    for name, value in members:
        if value in ({}, []) and name in _UNREFUSED:
            yield (*path, name)
        elif isinstance(value, dict | list):
            yield from _empty(value, (*path, name))
