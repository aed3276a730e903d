"""L072: an organization's own OUs need no launch permission."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at, value_at
from distui.core.reference.arns import organization_in
from distui.core.rules.rule import Context, Json, Problem, remove, rule

_PERMISSION = "/amiDistributionConfiguration/launchPermission"


@rule(
    "L072",
    Severity.INFO,
    "Organization with its own OUs",
    scope="distribution",
    why="A permission for the organization includes all of its OUs.",
    evidence="EC2 user guide, Share an AMI with organizations and organizational units.",
)
def organization_and_its_units(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report the OUs of an organization that has launch permission itself."""
    arns = value_at(distribution, f"{_PERMISSION}/organizationArns", ())
    organizations = {organization_in(arn) for arn in arns} - {""}
    for pointer, arn in items_at(distribution, f"{_PERMISSION}/organizationalUnitArns"):
        if (organization := organization_in(arn)) in organizations:
            unit = arn.rpartition("/")[2]
            message = f"{unit} isn't needed: organization {organization} has launch permission."
            yield Problem(pointer, message, fix=remove(pointer))
