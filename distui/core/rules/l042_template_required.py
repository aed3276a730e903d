"""L042: a fast launch template has an ID or a name, and a version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import describe_odd_character

_VERSION = re.compile(r"[1-9][0-9]*|\$Latest|\$Default", re.ASCII)


@rule(
    "L042",
    Severity.ERROR,
    "EC2 Fast Launch template has an ID or a name, and a version",
    scope="distribution",
    why="EC2 needs an ID or a name to find the template, and requires the version.",
    evidence="EC2 service model, EnableFastLaunch: LaunchTemplate.",
)
def template_required(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a missing ID and name, and as a warning the version; L060 an empty template."""
    for row, settings in items_at(distribution, "/fastLaunchConfigurations"):
        pointer, template = f"{row}/launchTemplate", settings.get("launchTemplate")
        if not template:
            continue
        if not {"launchTemplateId", "launchTemplateName"} & template.keys():
            yield Problem(f"{pointer}/launchTemplateId", "Specify the template's ID or name.")
        version = template.get("launchTemplateVersion", "")
        if not _VERSION.fullmatch(version) and not describe_odd_character(version):
            place = f"{pointer}/launchTemplateVersion"
            message = "EC2 requires a version: a number, $Latest or $Default."
            fix = set_value(place, _intended(version))
            yield Problem(place, message, Severity.WARNING, fix=fix)


def _intended(version: str) -> str:
    """Return the version that was meant: ``$Latest`` by ``latest``, ``2`` by ``v2``."""
    word, number = version.strip("$ ").capitalize(), version.lower().removeprefix("v")
    if word in ("Latest", "Default"):
        return f"${word}"
    return number if _VERSION.fullmatch(number) else ""
