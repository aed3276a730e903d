"""L064: no open submission to the target account and Region has the name."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.config_names import normalize_name
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L064",
    Severity.ERROR,
    "Unique name",
    scope="document",
    why="A name is unique in an account and Region, ignoring case, spaces and underscores.",
    evidence="Service model, CreateDistributionConfiguration: name.",
)
def unique_name(document: Json, context: Context) -> Iterator[Problem]:
    """Report a name that is among ``context.names_being_submitted`` when normalized."""
    name = normalize_name(document.get("name", ""))
    if name in context.names_being_submitted:
        yield Problem(
            "/name",
            f"{quoted(name)} is already being submitted to this account and Region."
            " Names are compared ignoring case, spaces and underscores.",
        )
