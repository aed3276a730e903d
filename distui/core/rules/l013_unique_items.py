"""L013: a list has each item once."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, duplicates, remove, rule

_LISTS = (
    "/amiDistributionConfiguration/targetAccountIds",
    "/amiDistributionConfiguration/launchPermission/userIds",
    "/amiDistributionConfiguration/launchPermission/userGroups",
    "/amiDistributionConfiguration/launchPermission/organizationArns",
    "/amiDistributionConfiguration/launchPermission/organizationalUnitArns",
    "/containerDistributionConfiguration/containerTags",
    "/licenseConfigurationArns",
)
_TEMPLATES = "/launchTemplateConfigurations"


@rule(
    "L013",
    Severity.WARNING,
    "Unique list entries",
    scope="distribution",
    why="A duplicate has no effect, and is often a typo for another account or ARN.",
    evidence="Service model: order and repetition have no meaning in these lists.",
)
def unique_items(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report repeated strings in lists, and repeated launch templates of the same account."""
    keys = {pointer: value_at(distribution, pointer, ()) for pointer in _LISTS}
    rows = value_at(distribution, _TEMPLATES, ())
    keys[_TEMPLATES] = [
        " ".join(value for value in row.values() if isinstance(value, str)) for row in rows
    ]
    for pointer, items in keys.items():
        for index, first in duplicates(item or None for item in items):
            where = f"{pointer}/{index}"
            yield Problem(where, f"Duplicate of entry {first + 1}.", fix=remove(where))
