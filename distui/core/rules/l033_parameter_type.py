"""L033: what SSM checks of a parameter."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, set_value


@rule(
    "L033",
    Severity.INFO,
    "The data type of an SSM parameter",
    scope="distribution",
    why=(
        "Only the type aws:ec2:image has SSM check that the AMI exists, and it does so afterwards."
    ),
    evidence=(
        "Service model, SsmParameterConfiguration: dataType; SSM service model, PutParameter."
    ),
)
def parameter_type(distribution: Json, context: Context) -> Iterator[Problem]:
    """Each parameter: what its type, or the lack of one, means."""
    for index, parameter in enumerate(distribution.get("ssmParameterConfigurations", [])):
        checked = parameter.get("dataType") == "aws:ec2:image"
        place = f"/ssmParameterConfigurations/{index}/dataType"
        yield Problem(
            place,
            "SSM checks the AMI after it has answered: where the check fails, the parameter keeps"
            " its old value, and only an event tells."
            if checked
            else "AWS recommends aws:ec2:image, so that SSM checks that the AMI exists.",
            fix=() if checked else set_value(place, "aws:ec2:image"),
        )
