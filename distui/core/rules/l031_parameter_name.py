"""L031: the name of an SSM parameter is valid."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.reference.regions import find_region, partition_of
from distui.core.rules.rule import Context, Json, Problem, rule, set_value

_RESERVED = ("aws", "ssm")
_MAX_LEVELS = 15
_MAX_LENGTH = 1011


@rule(
    "L031",
    Severity.ERROR,
    "SSM parameter name",
    scope="distribution",
    why="Parameter Store rejects the name when the image is distributed, after the build.",
    evidence="SSM service model, PutParameter: Name.",
)
def parameter_name(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report reserved prefixes, a missing first slash, too many levels and too long names."""
    region = distribution.get("region", "")
    for row, parameter in items_at(distribution, "/ssmParameterConfigurations"):
        name, pointer = parameter.get("parameterName", ""), f"{row}/parameterName"
        if problem := _problem(name, region):
            fixed = f"/{name}" if _lacks_slash(name) else ""
            is_valid = fixed and not _problem(fixed, region)
            yield Problem(pointer, problem, fix=set_value(pointer, fixed if is_valid else ""))


def _problem(name: str, region: str) -> str:
    length = len(f"arn:{partition_of(find_region(region))}:ssm:{region}:123456789012:parameter/")
    length += len(name.lstrip("/"))
    if name.lower().lstrip("/").startswith(_RESERVED):
        return "Names that start with aws or ssm, in any case, are reserved."
    if _lacks_slash(name):
        return f"A name with levels must start with a slash: /{name[:60]}"
    if name.count("/") > _MAX_LEVELS:
        return f"{name.count('/')} levels exceed the maximum of {_MAX_LEVELS}."
    if length > _MAX_LENGTH >= len(name):
        return f"The parameter's ARN has {length:,} characters; the maximum is {_MAX_LENGTH:,}."
    return ""


def _lacks_slash(name: str) -> bool:
    return "/" in name and not name.startswith("/")
