"""L063: a dry run creates nothing."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L063",
    Severity.WARNING,
    "A dry run in a saved document",
    scope="document",
    why="The service checks the request and creates nothing.",
    evidence="Service model, CreateDistributionConfiguration: dryRun.",
)
def dry_run(document: Json, context: Context) -> Iterator[Problem]:
    """``dryRun: true``."""
    if document.get("dryRun") is True:
        yield Problem(
            "/dryRun",
            "With dryRun the service checks the request and creates nothing.",
            fix=({"op": "remove", "path": "/dryRun"},),
        )
