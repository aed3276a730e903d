"""ARNs taken apart, and where a distribution holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from distui.core.reference import regions


@dataclass(frozen=True, slots=True)
class Arn:
    """The parts of ``arn:partition:service:region:account:resource``; any may be empty."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


def parse(text: str) -> Arn | None:
    """The parts of a text that is built like an ARN, whatever they hold; None for any other."""
    parts = text.split(":", 5)
    return Arn(*parts[1:]) if len(parts) == 6 and parts[0] == "arn" else None


def wrong_region(text: str, region: str) -> Arn | None:
    """The ARN, where it names another Region than this one and otherwise fits the partition."""
    arn = parse(text)
    if not arn or not region or arn.region == region:
        return None
    fits = regions.partition_of(region) in ("", arn.partition)
    return arn if fits and arn.partition in regions.partitions() else None


def iter_arns(distribution: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each member of a well-typed distribution that is an ARN: its pointer and its text."""
    ami = distribution.get("amiDistributionConfiguration", {})
    permission = ami.get("launchPermission", {})
    yield "/amiDistributionConfiguration/kmsKeyId", ami.get("kmsKeyId", "")
    lists = {
        "/amiDistributionConfiguration/launchPermission/organizationArns": permission.get(
            "organizationArns", []
        ),
        "/amiDistributionConfiguration/launchPermission/organizationalUnitArns": permission.get(
            "organizationalUnitArns", []
        ),
        "/licenseConfigurationArns": distribution.get("licenseConfigurationArns", []),
    }
    for place, items in lists.items():
        yield from ((f"{place}/{index}", item) for index, item in enumerate(items))
