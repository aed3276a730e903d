"""L031: a name that Parameter Store takes."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.regions import find_region, partition_of
from distui.core.rules.rule import Context, Json, Problem, rule, set_value

_RESERVED = ("aws", "ssm")
_LEVELS = 15
_LENGTH = 1011


@rule(
    "L031",
    Severity.ERROR,
    "The name of an SSM parameter",
    scope="distribution",
    why="Parameter Store refuses the name when the image is distributed, after the build.",
    evidence="SSM service model, PutParameter: Name.",
)
def parameter_name(distribution: Json, context: Context) -> Iterator[Problem]:
    """Reserved beginnings, a path without its first slash, too many levels and too long a name."""
    region = distribution.get("region", "")
    for index, parameter in enumerate(distribution.get("ssmParameterConfigurations", [])):
        name = parameter.get("parameterName", "")
        if said := _problem(name, region):
            place = f"/ssmParameterConfigurations/{index}/parameterName"
            slashed = f"/{name}" if _lacks_slash(name) else ""
            mends = slashed and not _problem(slashed, region)
            yield Problem(place, said, fix=set_value(place, slashed if mends else ""))


def _problem(name: str, region: str) -> str:
    length = len(f"arn:{partition_of(find_region(region))}:ssm:{region}:123456789012:parameter/")
    length += len(name.lstrip("/"))
    if name.lower().lstrip("/").startswith(_RESERVED):
        return "A name that begins with aws or ssm, in whatever case, is reserved for AWS."
    if _lacks_slash(name):
        return f"A name with levels begins with a slash: /{name[:60]}"
    if name.count("/") > _LEVELS:
        return f"{name.count('/')} levels are too many: {_LEVELS} are allowed."
    if length > _LENGTH >= len(name):
        return f"As an ARN this name has {length} characters: {_LENGTH} are allowed."
    return ""


def _lacks_slash(name: str) -> bool:
    return "/" in name and not name.startswith("/")
