"""L057: a license configuration is in the distribution's Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.reference import arns
from distui.core.rules.rule import Context, Json, Problem, region_of, rule
from distui.core.text.characters import quoted


@rule(
    "L057",
    Severity.ERROR,
    "License configuration in the distribution's Region",
    scope="distribution",
    why="License configurations are Regional, and the AMI is associated in its own Region.",
    evidence="Service model, Distribution: licenseConfigurationArns, in the specified Region.",
)
def license_in_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report license configuration ARNs of another Region."""
    region = region_of(distribution, context)
    for pointer, text in items_at(distribution, "/licenseConfigurationArns"):
        if arn := arns.wrong_region(text, region):
            yield Problem(
                pointer,
                f"This license configuration is in {quoted(arn.region)}; the AMI goes to {region}."
                " Use a license configuration of this Region, or remove it here.",
            )
