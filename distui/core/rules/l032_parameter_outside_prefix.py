"""L032: what writes an SSM parameter."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L032",
    Severity.WARNING,
    "An SSM parameter outside /imagebuilder/",
    scope="distribution",
    why="The role that Image Builder has by default may write nowhere else.",
    evidence="Image Builder user guide, the service-linked role's policy.",
)
def parameter_outside_prefix(distribution: Json, context: Context) -> Iterator[Problem]:
    """Names that do not begin with /imagebuilder/."""
    for index, parameter in enumerate(distribution.get("ssmParameterConfigurations", [])):
        name = parameter.get("parameterName", "")
        if name and not name.startswith("/imagebuilder/"):
            yield Problem(
                f"/ssmParameterConfigurations/{index}/parameterName",
                "Outside /imagebuilder/ the pipeline needs an execution role that may"
                " ssm:PutParameter, and ec2:DescribeImages for the type aws:ec2:image.",
            )
