"""L036: how many launch templates the console edits."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_CONSOLE = 5


@rule(
    "L036",
    Severity.INFO,
    "More launch templates than the console edits",
    scope="distribution",
    why="The API takes 100, and the console's editor 5.",
    evidence="Image Builder user guide, Use launch templates.",
)
def console_templates(distribution: Json, context: Context) -> Iterator[Problem]:
    """More than 5 entries; more than 100, and ids of another form, are the schema's findings."""
    count = len(distribution.get("launchTemplateConfigurations", []))
    if count > _CONSOLE:
        yield Problem(
            "/launchTemplateConfigurations",
            f"The AWS console edits {_CONSOLE} launch templates a Region, and these are {count}.",
        )
