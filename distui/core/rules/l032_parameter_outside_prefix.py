"""L032: an SSM parameter outside /imagebuilder/ needs an execution role."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L032",
    Severity.WARNING,
    "SSM parameter outside /imagebuilder/",
    scope="distribution",
    why="Image Builder's service-linked role can write only under /imagebuilder/.",
    evidence="Image Builder user guide, the policy of the service-linked role.",
)
def parameter_outside_prefix(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report names that don't start with /imagebuilder/."""
    for pointer, parameter in items_at(distribution, "/ssmParameterConfigurations"):
        name = parameter.get("parameterName", "")
        # L031 reports ARNs.
        if name and not name.startswith(("/imagebuilder/", "arn:")):
            yield Problem(
                f"{pointer}/parameterName",
                "Outside /imagebuilder/, the pipeline needs an execution role that allows"
                " ssm:PutParameter (and ec2:DescribeImages for aws:ec2:image).",
            )
