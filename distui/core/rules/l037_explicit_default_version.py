"""L037: it is explicit whether a new version becomes the default version."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule, set_value


@rule(
    "L037",
    Severity.WARNING,
    "Explicit default version",
    scope="distribution",
    why=(
        "The service defaults to true: instances launched from the default version use the new AMI."
    ),
    evidence="Service model, LaunchTemplateConfiguration: setDefaultVersion.",
)
def explicit_default_version(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report entries without ``setDefaultVersion``."""
    for row, template in items_at(distribution, "/launchTemplateConfigurations"):
        if "setDefaultVersion" not in template:
            pointer = f"{row}/setDefaultVersion"
            yield Problem(
                pointer,
                "Defaults to true: the new version becomes the template's default version.",
                fix=set_value(pointer, False),
                more_fixes=(set_value(pointer, True),),
            )
