"""L057: a licence configuration of the distribution's own Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference import arns, regions
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L057",
    Severity.ERROR,
    "A licence configuration lies in the distribution's Region",
    scope="distribution",
    why=(
        "License Manager keeps its configurations by Region, and the AMI is associated in its own."
    ),
    evidence="Service model, Distribution: licenseConfigurationArns, in the specified Region.",
)
def licence_in_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """Each licence ARN that names another Region."""
    region = regions.find_region(distribution.get("region", ""), context.extra_regions)
    for index, text in enumerate(distribution.get("licenseConfigurationArns", [])):
        if arn := arns.wrong_region(text, region):
            yield Problem(
                f"/licenseConfigurationArns/{index}",
                f"This licence configuration lies in {quoted(arn.region)},"
                f" and the AMI goes to {region}. Name one of this Region, or leave it out here.",
            )
