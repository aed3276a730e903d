"""L013: an item of a list stands there once."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L013",
    Severity.WARNING,
    "Each item stands once in its list",
    scope="distribution",
    why="A second mention does nothing, and is often a slip for another account or ARN.",
    evidence="The lists of the service model are sets in all but name.",
)
def listed_once(distribution: Json, context: Context) -> Iterator[Problem]:
    """The second mention of an item in any list of texts, and of a template in an account."""
    ami = distribution.get("amiDistributionConfiguration", {})
    permission = ami.get("launchPermission", {})
    place = "/amiDistributionConfiguration"
    yield from _repeated(f"{place}/targetAccountIds", ami.get("targetAccountIds", []))
    for name in ("userIds", "userGroups", "organizationArns", "organizationalUnitArns"):
        yield from _repeated(f"{place}/launchPermission/{name}", permission.get(name, []))
    container = distribution.get("containerDistributionConfiguration", {})
    tags = container.get("containerTags", [])
    yield from _repeated("/containerDistributionConfiguration/containerTags", tags)
    licences = distribution.get("licenseConfigurationArns", [])
    yield from _repeated("/licenseConfigurationArns", licences)
    templates = distribution.get("launchTemplateConfigurations", [])
    keys = [" in ".join(v for k, v in row.items() if isinstance(v, str)) for row in templates]
    yield from _repeated("/launchTemplateConfigurations", keys)


def _repeated(place: str, items: list[str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        if item and item in first:
            item_place = f"{place}/{index}"
            yield Problem(
                item_place,
                f"{quoted(item)} stands already in this list, as entry {first[item] + 1}.",
                fix=({"op": "remove", "path": item_place},),
            )
        first.setdefault(item, index)
