"""Short labels of what goes to a Region, for its closed card."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from distui.core.caching import cached_by_text, json_text
from distui.core.schema import shapes
from distui.core.text.pluralize import pluralize


def summary_labels(distribution: dict[str, Any]) -> tuple[str, ...]:
    """Return a label for each thing that goes to the Region, in the order of the form."""
    return _summary_labels(json_text(distribution))


@cached_by_text(maxsize=1024, max_length=250_000, max_total=2_000_000)
def _summary_labels(text: str) -> tuple[str, ...]:
    distribution = shapes.well_typed(json.loads(text), shapes.shape("Distribution"))
    ami = distribution.get("amiDistributionConfiguration")
    return (
        *(_ami_labels(ami) if ami is not None else ()),
        *(["Container"] if "containerDistributionConfiguration" in distribution else []),
        *_counted(distribution.get("launchTemplateConfigurations"), "template"),
        *_counted(distribution.get("licenseConfigurationArns"), "license"),
        *_counted(distribution.get("ssmParameterConfigurations"), "SSM parameter"),
        *(["EC2 Fast Launch"] if distribution.get("fastLaunchConfigurations") else []),
        *(["VM export"] if "s3ExportConfiguration" in distribution else []),
    )


def _ami_labels(ami: dict[str, Any]) -> Iterator[str]:
    permission = ami.get("launchPermission", {})
    yield "AMI"
    yield from _counted(ami.get("targetAccountIds"), "account")
    if "kmsKeyId" in ami:
        yield "KMS"
    if "userGroups" in permission:
        yield "Public"
    shared = sum(len(names) for member, names in permission.items() if member != "userGroups")
    if shared:
        yield f"shared with {shared}"
    yield from _counted(ami.get("amiTags"), "tag")


def _counted(items: Any, word: str) -> list[str]:
    return [pluralize(len(items), word)] if items else []
