"""L034: a parameter is written once."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L034",
    Severity.ERROR,
    "An SSM parameter stands once in a Region",
    scope="distribution",
    why="Two entries for one parameter overwrite each other.",
    evidence="The parameter's name is unique in an account and Region.",
)
def parameter_once(distribution: Json, context: Context) -> Iterator[Problem]:
    """The second entry with the same name and account."""
    first: dict[tuple[str, str], int] = {}
    for index, parameter in enumerate(distribution.get("ssmParameterConfigurations", [])):
        name = parameter.get("parameterName", "").lstrip("/")
        key = (name, parameter.get("amiAccountId", context.own_account))
        if name and key in first:
            yield Problem(
                f"/ssmParameterConfigurations/{index}/parameterName",
                f"Entry {first[key] + 1} writes the same parameter in the same account.",
            )
        first.setdefault(key, index)
