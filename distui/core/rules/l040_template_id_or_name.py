"""L040: a fast launch template is specified by ID or by name."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, remove, rule


@rule(
    "L040",
    Severity.ERROR,
    "EC2 Fast Launch template ID or name",
    scope="distribution",
    why="EC2 rejects a template with both an ID and a name.",
    evidence="EC2 service model, EnableFastLaunch: LaunchTemplate.",
)
def template_id_or_name(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report an ID and a name in the same structure."""
    for pointer, row in items_at(distribution, "/fastLaunchConfigurations"):
        if {"launchTemplateId", "launchTemplateName"} <= row.get("launchTemplate", {}).keys():
            name = f"{pointer}/launchTemplate/launchTemplateName"
            message = "Specify the template's ID or name, not both."
            yield Problem(name, message, fix=remove(name))
