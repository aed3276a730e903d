"""L069: what lives in one Region is named in one Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_TEMPLATE = ("launch template", "a launch template lives in one Region")
_BUCKET = ("bucket", "a bucket lies in one Region")


@rule(
    "L069",
    Severity.WARNING,
    "A launch template and a bucket are named in one Region",
    scope="document",
    why=(
        "Each lives in one Region: a copied Region that still names it looks for it in vain, or "
        "in another Region, after the build."
    ),
    evidence=(
        "EC2 user guide, Restrictions for launch templates, and S3 user guide, General purpose "
        "buckets: both are made in one Region. That an export reaches no other is not verified."
    ),
)
def shared_between_regions(document: Json, context: Context) -> Iterator[Problem]:
    """Each template id and bucket that an earlier Region names already."""
    first: dict[tuple[str, str], int] = {}
    distributions = document.get("distributions", [])
    for index, distribution in enumerate(distributions):
        for place, kind, text in _named(distribution):
            earlier = first.setdefault((kind[0], text), index)
            if text and earlier != index:
                region = distributions[earlier].get("region", "") or f"Region {earlier + 1}"
                yield Problem(
                    f"/distributions/{index}{place}",
                    f"{quoted(text)} is the {kind[0]} of {region} too, and {kind[1]}."
                    " Name this Region's own, or leave it out here.",
                )


def _named(distribution: Json) -> Iterator[tuple[str, tuple[str, str], str]]:
    """Each template and bucket of a distribution: its pointer there, its kind and its text."""
    for index, row in enumerate(distribution.get("launchTemplateConfigurations", [])):
        place = f"/launchTemplateConfigurations/{index}/launchTemplateId"
        yield place, _TEMPLATE, row.get("launchTemplateId", "")
    for index, row in enumerate(distribution.get("fastLaunchConfigurations", [])):
        place = f"/fastLaunchConfigurations/{index}/launchTemplate/launchTemplateId"
        yield place, _TEMPLATE, row.get("launchTemplate", {}).get("launchTemplateId", "")
    bucket = distribution.get("s3ExportConfiguration", {}).get("s3Bucket", "")
    yield "/s3ExportConfiguration/s3Bucket", _BUCKET, bucket
