"""L073: a configuration shares with one organization."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
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
        for name in _LISTS:
            for pointer, arn in items_at(part, f"{_PERMISSION}/{name}"):
                organization = organization_in(arn)
                first = first or organization
                if organization not in ("", first):
                    message = (
                        f"This is organization {organization}; the configuration also shares with"
                        f" {first}. Check that both are intended."
                    )
                    yield Problem(f"/distributions/{index}{pointer}", message)
                    return
