"""L031: the name of an SSM parameter is valid."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.reference import parameter_names
from distui.core.rules.rule import Context, Json, Problem, rule, set_value


@rule(
    "L031",
    Severity.ERROR,
    "SSM parameter name",
    scope="distribution",
    why="Parameter Store rejects the name when the image is distributed, after the build.",
    evidence="SSM service model, PutParameter: Name.",
)
def parameter_name(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report reserved prefixes, a missing first slash, too many levels and too long names.

    The schema reports other characters.
    """
    region = distribution.get("region", "")
    for row, parameter in items_at(distribution, "/ssmParameterConfigurations"):
        name, pointer = parameter.get("parameterName", ""), f"{row}/parameterName"
        if parameter_names.is_well_formed(name) and (
            problem := parameter_names.describe_problem(name, region)
        ):
            fixed = parameter_names.intended_name(name, region)
            yield Problem(pointer, problem, fix=set_value(pointer, fixed))
