"""The Region-specific values of a copy: which are adjusted to each Region, and which are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.builder.copying.source import is_adjustable
from distui.core.reference import arns
from distui.core.schema import shapes

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RegionalValue:
    """A value that is specific to one Region, and what happens to it in a copy.

    With ``is_adjusted``, the value for another Region is known.
    """

    name: str
    explanation: str
    is_adjusted: bool = False


def regional_values(content: Json) -> list[RegionalValue]:
    """Return the Region-specific values of a distribution, or of some of its members."""
    content = shapes.well_typed(content, shapes.shape("Distribution"))
    return [*_keys(content), *_licenses(content), *_templates(content), *_buckets(content)]


def _keys(content: Json) -> Iterator[RegionalValue]:
    arn = arns.parse(str(content.get("amiDistributionConfiguration", {}).get("kmsKeyId", "")))
    if not arn or arn.service != "kms":
        return
    kind, _, name = arn.resource.partition("/")
    if kind == "alias":
        explanation = "is replaced with the same alias in each Region. Create it there first."
        yield RegionalValue(f"KMS alias {name}", explanation, is_adjusted=True)
    elif is_adjustable(arn):
        explanation = "is replaced with its replica in each Region. Create it there first."
        yield RegionalValue(f"Multi-Region KMS key {name}", explanation, is_adjusted=True)
    else:
        yield from _not_adjusted("KMS key", [name], "an error")


def _licenses(content: Json) -> Iterator[RegionalValue]:
    names = [text.rpartition(":")[2] for text in content.get("licenseConfigurationArns", [])]
    yield from _not_adjusted("License configuration", names, "an error")


def _templates(content: Json) -> Iterator[RegionalValue]:
    rows = [
        *content.get("launchTemplateConfigurations", []),
        *[row.get("launchTemplate", {}) for row in content.get("fastLaunchConfigurations", [])],
    ]
    names = [row["launchTemplateId"] for row in rows if row.get("launchTemplateId")]
    yield from _not_adjusted("Launch template", names, "a warning")


def _buckets(content: Json) -> Iterator[RegionalValue]:
    bucket = content.get("s3ExportConfiguration", {}).get("s3Bucket", "")
    yield from _not_adjusted("Bucket", [bucket] if bucket else [], "a warning")


def _not_adjusted(kind: str, names: list[str], severity: str) -> Iterator[RegionalValue]:
    """Yield one value for all names of the kind: by its name if it is the only one."""
    distinct = dict.fromkeys(names)
    consequence = f"in one Region only. The copies show {severity} until you replace"
    if len(distinct) == 1:
        yield RegionalValue(f"{kind} {names[0]}", f"exists {consequence} it.")
    elif distinct:
        yield RegionalValue(f"{len(distinct)} {kind.lower()}s", f"exist {consequence} them.")
