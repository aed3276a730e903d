"""L036: the console can edit 5 launch templates."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_MAX_IN_CONSOLE = 5


@rule(
    "L036",
    Severity.INFO,
    "Launch templates that the console can't edit",
    scope="distribution",
    why="The API allows 100 launch templates, the console's editor 5.",
    evidence="Image Builder user guide, Use launch templates.",
)
def console_template_limit(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report more than 5 entries; the schema reports more than 100, and invalid IDs."""
    count = len(distribution.get("launchTemplateConfigurations", []))
    if count > _MAX_IN_CONSOLE:
        yield Problem(
            "/launchTemplateConfigurations",
            f"The AWS console can edit {_MAX_IN_CONSOLE} launch templates per Region; this Region"
            f" has {count}.",
        )
