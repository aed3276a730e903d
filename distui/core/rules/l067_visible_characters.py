"""L067: IDs, paths and versions contain only visible characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at, value_at
from distui.core.reference import arns
from distui.core.reference.ami_tokens import TOKEN
from distui.core.reference.resource_names import CHECKED_NAMES, is_image_tag
from distui.core.rules.rule import Context, Json, Problem, region_of, rule, set_value
from distui.core.text.characters import describe_odd_character, quoted, strip_invisible

_S3_PREFIX = "/s3ExportConfiguration/s3Prefix"
_KEY = "/amiDistributionConfiguration/kmsKeyId"


@rule(
    "L067",
    Severity.ERROR,
    "Visible ASCII characters in IDs",
    scope="part",
    why="An invisible character, or one of another script that looks the same, changes the ID.",
    evidence="Text pasted from documents and chats contains such characters.",
)
def visible_characters(part: Json, context: Context) -> Iterator[Problem]:
    """Report odd characters in texts that no pattern of the schema checks for them."""
    region = region_of(part, context)
    for pointer, text, is_valid in _texts(part):
        if problem := describe_odd_character(text):
            fixed = strip_invisible(text)
            usable = is_valid(fixed) and not describe_odd_character(fixed)
            if pointer == _KEY and (arn := arns.parse(fixed)):
                usable = usable and region in ("", arn.region)
            fix = set_value(pointer, fixed) if usable else ()
            yield Problem(pointer, f"{quoted(text)} {problem}.", fix=fix)


def _texts(part: Json) -> Iterator[tuple[str, str, Callable[[str], bool]]]:
    """Yield the pointer of each ID, its text and what says whether a text is valid there."""
    yield "/clientToken", part.get("clientToken", ""), bool
    for pointer, is_valid in CHECKED_NAMES.items():
        yield pointer, value_at(part, pointer), is_valid
    prefix = value_at(part, _S3_PREFIX)
    if strip_invisible(prefix) != prefix:  # S3 keys may contain letters of any script
        yield _S3_PREFIX, prefix, bool
    for pointer, tag in items_at(part, "/containerDistributionConfiguration/containerTags"):
        yield pointer, tag, lambda text: is_image_tag(TOKEN.sub("x", text))
    for row, settings in items_at(part, "/fastLaunchConfigurations"):
        for member in ("launchTemplateName", "launchTemplateVersion"):
            pointer = f"/launchTemplate/{member}"
            yield f"{row}{pointer}", value_at(settings, pointer), bool
