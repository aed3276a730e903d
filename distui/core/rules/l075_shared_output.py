"""L075: no other configuration writes the same parameter or launch template."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.document.configurations import parameters, templates
from distui.core.findings import Severity
from distui.core.reference.config_names import normalize_name
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L075",
    Severity.WARNING,
    "Parameter or launch template of another configuration",
    scope="document",
    why="The configuration that is built last overwrites what the other one wrote.",
    evidence="A parameter's name is unique in an account and Region; the history of submissions.",
)
def shared_output(document: Json, context: Context) -> Iterator[Problem]:
    """Report what a configuration of another name in ``context.configurations`` writes too."""
    own_name = normalize_name(document.get("name", ""))
    writers: dict[tuple[str, ...], str] = {}
    for known in context.configurations:
        if known.name != own_name:
            writers |= dict.fromkeys(known.parameters | known.templates, known.name)
    for index, part in enumerate(document.get("distributions", ()) if writers else ()):
        for pointer, key in (*parameters(part, context.own_account), *templates(part)):
            if key in writers:
                message = f"The configuration {quoted(writers[key])} also writes to this; the last"
                yield Problem(f"/distributions/{index}{pointer}", f"{message} build overwrites it.")
