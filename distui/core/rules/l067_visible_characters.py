"""L067: IDs, paths and versions contain only visible characters."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at, value_at
from distui.core.rules.rule import Context, Json, Problem, rule, set_value
from distui.core.text.characters import describe_odd_character, quoted, strip_invisible

_S3_PREFIX = "/s3ExportConfiguration/s3Prefix"


@rule(
    "L067",
    Severity.ERROR,
    "Visible ASCII characters in IDs",
    scope="part",
    why="An invisible character, or one of another script that looks the same, changes the ID.",
    evidence="Text pasted from documents and chats contains such characters.",
)
def visible_characters(part: Json, context: Context) -> Iterator[Problem]:
    """Report odd characters in texts that no pattern and no other rule checks for them."""
    for pointer, text in _texts(part):
        if problem := describe_odd_character(text):
            fixed = strip_invisible(text)
            fix = set_value(pointer, "" if describe_odd_character(fixed) else fixed)
            yield Problem(pointer, f"{quoted(text)} {problem}.", fix=fix)


def _texts(part: Json) -> Iterator[tuple[str, str]]:
    yield "/clientToken", part.get("clientToken", "")
    prefix = value_at(part, _S3_PREFIX)
    if strip_invisible(prefix) != prefix:  # S3 keys may contain letters of any script
        yield _S3_PREFIX, prefix
    for row, settings in items_at(part, "/fastLaunchConfigurations"):
        for member in ("launchTemplateName", "launchTemplateVersion"):
            yield f"{row}/launchTemplate/{member}", value_at(settings, f"/launchTemplate/{member}")
