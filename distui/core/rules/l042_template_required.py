"""L042: a fast launch template has an ID or a name, and a version."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L042",
    Severity.ERROR,
    "Fast launch template has an ID or a name, and a version",
    scope="distribution",
    why="EC2 needs an ID or a name to find the template, and requires the version.",
    evidence="EC2 service model, EnableFastLaunch: LaunchTemplate.",
)
def template_required(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a missing ID and name, and as a warning a missing version; L060 an empty template."""
    for row, settings in items_at(distribution, "/fastLaunchConfigurations"):
        pointer, template = f"{row}/launchTemplate", settings.get("launchTemplate")
        if not template:
            continue
        if not {"launchTemplateId", "launchTemplateName"} & template.keys():
            yield Problem(f"{pointer}/launchTemplateId", "Specify the template's ID or name.")
        elif "launchTemplateVersion" not in template:
            yield Problem(
                f"{pointer}/launchTemplateVersion",
                "EC2 requires a version: a number, $Latest or $Default.",
                Severity.WARNING,
            )
