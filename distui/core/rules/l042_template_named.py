"""L042: a fast-launch template says which one it is."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L042",
    Severity.ERROR,
    "A fast-launch template has an id or a name, and a version",
    scope="distribution",
    why=(
        "Without an id or a name there is no template to launch from, and EC2 asks for the version."
    ),
    evidence="EC2 service model, EnableFastLaunch: LaunchTemplate.",
)
def template_named(distribution: Json, context: Context) -> Iterator[Problem]:
    """Neither id nor name is an error, no version a warning; an empty structure is L060's."""
    for index, row in enumerate(distribution.get("fastLaunchConfigurations", [])):
        place = f"/fastLaunchConfigurations/{index}/launchTemplate"
        template = row.get("launchTemplate")
        if not template:
            continue
        if not {"launchTemplateId", "launchTemplateName"} & template.keys():
            yield Problem(f"{place}/launchTemplateId", "Give the template's id or its name.")
        elif "launchTemplateVersion" not in template:
            yield Problem(
                f"{place}/launchTemplateVersion",
                "EC2 asks for a version: a number, $Latest or $Default.",
                Severity.WARNING,
            )
