"""L069: a launch template or bucket is used in one Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_BUCKET = "/s3ExportConfiguration/s3Bucket"


@rule(
    "L069",
    Severity.WARNING,
    "Launch template or bucket used in two Regions",
    scope="document",
    why="Launch templates and buckets are Regional. The second Region fails after the build.",
    evidence=(
        "EC2 user guide, Restrictions for launch templates, and S3 user guide, General purpose "
        "buckets: both are created in one Region. Not verified: an export to another Region fails."
    ),
)
def resource_in_two_regions(document: Json, context: Context) -> Iterator[Problem]:
    """Report launch template IDs and buckets that an earlier Region uses."""
    first: dict[tuple[str, str], int] = {}
    distributions = document.get("distributions", [])
    for index, distribution in enumerate(distributions):
        for pointer, kind, text in _resources(distribution):
            earlier = first.setdefault((kind, text), index) if text else index
            if earlier != index:
                region = distributions[earlier].get("region", "") or f"Region {earlier + 1}"
                yield Problem(
                    f"/distributions/{index}{pointer}",
                    f"{quoted(text)} belongs to {region}. Use a {kind} of this Region, or remove"
                    " it here.",
                )


def _resources(distribution: Json) -> list[tuple[str, str, str]]:
    """Return the pointer, the kind and the ID of each launch template and bucket."""
    templates = [
        (f"/launchTemplateConfigurations/{index}", row)
        for index, row in enumerate(distribution.get("launchTemplateConfigurations", ()))
    ]
    templates += [
        (f"/fastLaunchConfigurations/{index}/launchTemplate", row["launchTemplate"])
        for index, row in enumerate(distribution.get("fastLaunchConfigurations", ()))
        if "launchTemplate" in row
    ]
    found = [
        (f"{place}/launchTemplateId", "launch template", row["launchTemplateId"])
        for place, row in templates
        if "launchTemplateId" in row
    ]
    return [*found, (_BUCKET, "bucket", value_at(distribution, _BUCKET))]
