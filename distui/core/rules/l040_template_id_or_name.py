"""L040: a fast-launch template is named in one way."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L040",
    Severity.ERROR,
    "A fast-launch template is given by id or by name",
    scope="distribution",
    why="EC2 refuses a template that is named twice.",
    evidence="EC2 service model, EnableFastLaunch: LaunchTemplate.",
)
def template_id_or_name(distribution: Json, context: Context) -> Iterator[Problem]:
    """An id and a name in the same structure."""
    for index, row in enumerate(distribution.get("fastLaunchConfigurations", [])):
        template = row.get("launchTemplate", {})
        if {"launchTemplateId", "launchTemplateName"} <= template.keys():
            place = f"/fastLaunchConfigurations/{index}/launchTemplate/launchTemplateName"
            yield Problem(
                place,
                "Give the template's id or its name, not both.",
                fix=({"op": "remove", "path": place},),
            )
