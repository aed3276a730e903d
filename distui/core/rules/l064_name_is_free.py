"""L064: a name that is not taken where it is created."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.config_names import normalize_name
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L064",
    Severity.ERROR,
    "The name is free",
    scope="document",
    why=("A name is unique in an account and Region, whatever its case, spaces and underscores."),
    evidence="Service model, CreateDistributionConfiguration: name.",
)
def name_is_free(document: Json, context: Context) -> Iterator[Problem]:
    """A name that equals one of ``context.existing_names`` after normalising."""
    name = normalize_name(document.get("name", ""))
    if name in context.existing_names:
        yield Problem(
            "/name",
            f"A configuration whose name counts as the same, {name}, exists there already."
            " Case, spaces and underscores do not make a name different.",
        )
