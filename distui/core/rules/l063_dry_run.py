"""L063: a dry run creates nothing."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, remove, rule


@rule(
    "L063",
    Severity.WARNING,
    "Dry run",
    scope="document",
    why="The service validates the request and creates nothing.",
    evidence="Service model, CreateDistributionConfiguration: dryRun.",
)
def dry_run(document: Json, context: Context) -> Iterator[Problem]:
    """Report ``dryRun: true``."""
    if document.get("dryRun") is True:
        message = "With dryRun, the service validates the request and creates nothing."
        yield Problem("/dryRun", message, fix=remove("/dryRun"))
