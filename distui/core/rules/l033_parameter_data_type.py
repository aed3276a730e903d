"""L033: what SSM validates in a parameter."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule, set_value


@rule(
    "L033",
    Severity.INFO,
    "SSM parameter data type",
    scope="distribution",
    why="SSM validates the AMI ID only for the data type aws:ec2:image, and asynchronously.",
    evidence=(
        "Service model, SsmParameterConfiguration: dataType; SSM service model, PutParameter."
    ),
)
def parameter_data_type(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report for each parameter what its data type means."""
    for row, parameter in items_at(distribution, "/ssmParameterConfigurations"):
        pointer = f"{row}/dataType"
        if parameter.get("dataType") == "aws:ec2:image":
            yield Problem(
                pointer,
                "SSM validates asynchronously. If validation fails the parameter keeps its old"
                " value; watch EventBridge.",
            )
        else:
            yield Problem(
                pointer,
                "AWS recommends aws:ec2:image: SSM then validates that the AMI exists.",
                fix=set_value(pointer, "aws:ec2:image"),
            )
