"""L060: empty structures and lists are left out."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import Path, pointer
from distui.core.rules.rule import Context, Json, Problem, remove, rule

# The schema reports all other empty members. Empty AMI settings are an AMI with the service's name.
_MESSAGES = {
    "launchPermission": "Launch permission is empty. Add an account, organization or OU",
    "userGroups": "The list of user groups is empty. Add “all”",
    "containerTags": "The list of container tags is empty. Add a tag",
    "snapshotConfiguration": "Snapshot configuration is empty. Set targetResourceCount",
    "launchTemplate": "Launch template is empty. Specify an ID or a name",
    "ssmParameterConfigurations": "The list of SSM parameters is empty. Add a parameter",
}

_WITHOUT_EFFECT = {"launchPermission", "snapshotConfiguration"}  # the API accepts them


@rule(
    "L060",
    Severity.ERROR,
    "No empty fields",
    scope="distribution",
    why="Tools treat an empty structure or list as absent, as a reset or as an error.",
    evidence=(
        "hashicorp/terraform-provider-aws#42669; the SDK's minimum lengths; EC2 service model, "
        "EnableFastLaunch: LaunchTemplate."
    ),
)
def empty_members(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report structures and lists that the schema allows to be empty."""
    for path in _empty(distribution, ()):
        message = f"{_MESSAGES[str(path[-1])]}, or remove this section."
        severity = Severity.WARNING if path[-1] in _WITHOUT_EFFECT else None
        yield Problem(pointer(path), message, severity, missing=True, fix=remove(pointer(path)))


def _empty(node: Json | list[Json], path: Path) -> Iterator[Path]:
    members = node.items() if isinstance(node, dict) else enumerate(node)
    for name, value in members:
        if name in _MESSAGES and value in ({}, []):
            yield (*path, name)
        elif isinstance(value, dict) or (isinstance(value, list) and dict in map(type, value[:1])):
            yield from _empty(value, (*path, name))
