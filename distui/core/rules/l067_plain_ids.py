"""L067: ids, paths and versions are plain text."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import describe_odd_character, quoted, strip_invisible


@rule(
    "L067",
    Severity.ERROR,
    "Ids hold only characters that can be seen, and no space around them",
    scope="part",
    why=(
        "A character that nobody sees, or one of another script that looks the same, makes "
        "another id."
    ),
    evidence="What pasting from documents and chats brings along.",
)
def plain_ids(part: Json, context: Context) -> Iterator[Problem]:
    """Texts that no pattern and no other rule holds to plain characters."""
    for place, text in _texts(part):
        if said := describe_odd_character(text):
            mended = strip_invisible(text)
            mends = mended and not describe_odd_character(mended)
            fix = ({"op": "replace", "path": place, "value": mended},) if mends else ()
            yield Problem(place, f"{quoted(text)} {said}.", fix=fix)


def _texts(part: Json) -> Iterator[tuple[str, str]]:
    yield "/clientToken", part.get("clientToken", "")
    prefix = part.get("s3ExportConfiguration", {}).get("s3Prefix", "")
    if strip_invisible(prefix) != prefix:  # S3's keys may hold any letter
        yield "/s3ExportConfiguration/s3Prefix", prefix
    for index, row in enumerate(part.get("fastLaunchConfigurations", [])):
        for member in ("launchTemplateName", "launchTemplateVersion"):
            place = f"/fastLaunchConfigurations/{index}/launchTemplate/{member}"
            yield place, row.get("launchTemplate", {}).get(member, "")
