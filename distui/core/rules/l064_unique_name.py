"""L064: no other submission to the target account and Region has the name."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.config_names import normalize_name
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_COMPARED = "Names are compared ignoring case, spaces and underscores."


@rule(
    "L064",
    Severity.ERROR,
    "Unique name",
    scope="document",
    why="A name is unique in an account and Region, ignoring case, spaces and underscores.",
    evidence="Service model, CreateDistributionConfiguration: name.",
)
def unique_name(document: Json, context: Context) -> Iterator[Problem]:
    """Report a name that an open or a created submission has when both are normalized.

    A created one may have been deleted in AWS since, so its name is only a warning.
    """
    name = normalize_name(document.get("name", ""))
    if name in context.names_being_submitted:
        yield Problem(
            "/name",
            f"{quoted(name)} is already being submitted to this account and Region. {_COMPARED}",
        )
    elif name in context.created_names:
        yield Problem(
            "/name",
            f"{quoted(name)} was created in this account and Region. AWS rejects the name if it"
            f" still exists. {_COMPARED}",
            Severity.WARNING,
        )
