"""ARNs: their parts, and where a distribution has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.core.pointers import items_at, value_at
from distui.core.reference import regions

_KMS_KEY = "/amiDistributionConfiguration/kmsKeyId"
_LISTS = (
    "/amiDistributionConfiguration/launchPermission/organizationArns",
    "/amiDistributionConfiguration/launchPermission/organizationalUnitArns",
    "/licenseConfigurationArns",
)


@dataclass(frozen=True, slots=True)
class Arn:
    """The parts of ``arn:partition:service:region:account:resource``; any may be empty."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


def parse(text: str) -> Arn | None:
    """Split a text into the parts of an ARN, without validating them; None if it has others."""
    parts = text.split(":", 5)
    return Arn(*parts[1:]) if len(parts) == 6 and parts[0] == "arn" else None


def wrong_region(text: str, region: str) -> Arn | None:
    """Return the ARN if it names another Region of the same partition, else None."""
    arn = parse(text)
    if not arn or not region or arn.region == region:
        return None
    fits = regions.partition_of(region) in ("", arn.partition)
    return arn if fits and arn.partition in regions.partitions() else None


def iter_arns(distribution: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the pointer and the text of each ARN in a well-typed distribution."""
    yield _KMS_KEY, value_at(distribution, _KMS_KEY)
    for arns in _LISTS:
        yield from items_at(distribution, arns)


def organization_in(text: str) -> str:
    """Return the organization's ID in the ARN of an organization or OU, or ``""``."""
    arn = parse(text)
    parts = arn.resource.split("/") if arn and arn.service == "organizations" else []
    return parts[1] if len(parts) > 1 and parts[0] in ("organization", "ou") else ""
