"""L073: a configuration shares with one organization."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.arns import organization_in
from distui.core.rules.rule import Context, Json, Problem, rule

_PERMISSION = "/amiDistributionConfiguration/launchPermission"
_LISTS = ("organizationArns", "organizationalUnitArns")


@rule(
    "L073",
    Severity.WARNING,
    "Two organizations",
    scope="document",
    why="An account is in one organization. A second one is often a typo, and would get the AMI.",
    evidence="AWS Organizations user guide: an account belongs to one organization.",
)
def one_organization(document: Json, context: Context) -> Iterator[Problem]:
    """Report the first organization or OU of another organization than the first one's."""
    first = ""
    for index, part in enumerate(document.get("distributions", ())):
        permission = value_at(part, _PERMISSION, {})
        for name in _LISTS:
            for number, arn in enumerate(permission.get(name, ())):
                organization = organization_in(arn)
                first = first or organization
                if organization not in ("", first):
                    message = (
                        f"This is organization {organization}; the configuration also shares with"
                        f" {first}. Check that both are intended."
                    )
                    place = f"/distributions/{index}{_PERMISSION}/{name}/{number}"
                    yield Problem(place, message)
                    return
