"""L034: a Region has each SSM parameter once."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, duplicates, rule


@rule(
    "L034",
    Severity.ERROR,
    "Unique SSM parameters",
    scope="distribution",
    why="Two entries for the same parameter overwrite each other.",
    evidence="A parameter's name is unique in an account and Region.",
)
def unique_parameters(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report repeated names in the same account."""
    rows = distribution.get("ssmParameterConfigurations", [])
    names = [row.get("parameterName", "").lstrip("/") for row in rows]
    accounts = [row.get("amiAccountId", context.own_account) for row in rows]
    keys = [key if key[0] else None for key in zip(names, accounts, strict=True)]
    for index, first in duplicates(keys):
        yield Problem(
            f"/ssmParameterConfigurations/{index}/parameterName",
            f"Duplicate of entry {first + 1}: same name and account.",
        )
