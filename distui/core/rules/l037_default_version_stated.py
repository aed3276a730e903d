"""L037: whether a template's default moves."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L037",
    Severity.WARNING,
    "The default version is stated",
    scope="distribution",
    why=(
        "Where it is not set the service takes true: instances launched from the default get "
        "the new AMI."
    ),
    evidence="Service model, LaunchTemplateConfiguration: setDefaultVersion.",
)
def default_version_stated(distribution: Json, context: Context) -> Iterator[Problem]:
    """Entries without ``setDefaultVersion``."""
    for index, row in enumerate(distribution.get("launchTemplateConfigurations", [])):
        if "setDefaultVersion" not in row:
            place = f"/launchTemplateConfigurations/{index}/setDefaultVersion"
            yield Problem(
                place,
                "Not set means true: the new version becomes the template's default at once.",
                fix=({"op": "add", "path": place, "value": False},),
            )
