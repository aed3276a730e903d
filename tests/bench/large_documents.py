"""Documents at the API's limits and beyond, to measure what grows with what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from distui.core.reference import regions

Json = dict[str, Any]
ARN = "arn:aws:{}:eu-west-1:210987654321:{}"


def accounts(count: int) -> list[str]:
    """Return that many account IDs."""
    return [f"{number:012d}" for number in range(100_000_000_001, 100_000_000_001 + count)]


def tags(count: int) -> dict[str, str]:
    """Return that many tags, as long as tags may be."""
    return {f"Tag{number}{'k' * 115}": "v" * 256 for number in range(count)}


def region(code: str = "eu-west-1", **members: Any) -> Json:
    """Return a Region that has an AMI, and the members."""
    ami = {"name": "golden-{{ imagebuilder:buildDate }}", "description": "d"}
    return {"region": code, "amiDistributionConfiguration": ami | members.pop("ami", {})} | members


def full_region(code: str, factor: int) -> Json:
    """Return a Region with ``factor`` times everything that the API allows in it."""
    permission = {
        "userIds": accounts(1536 * factor),
        "organizationArns": [
            f"arn:aws:organizations::210987654321:organization/o-{number:010d}"
            for number in range(25 * factor)
        ],
    }
    return region(
        code,
        ami={
            "targetAccountIds": accounts(1536 * factor),
            "amiTags": tags(50 * factor),
            "launchPermission": permission,
        },
        licenseConfigurationArns=[
            ARN.format("license-manager", f"license-configuration:lic-{number:032x}")
            for number in range(50 * factor)
        ],
        launchTemplateConfigurations=templates(100 * factor),
        fastLaunchConfigurations=fast_launch(1000 * factor),
        ssmParameterConfigurations=[
            {"parameterName": f"/imagebuilder/{number}", "dataType": "aws:ec2:image"}
            for number in range(10 * factor)
        ],
    )


def templates(count: int) -> list[Json]:
    """Return that many launch templates."""
    return [
        {"launchTemplateId": f"lt-{number:017x}", "setDefaultVersion": False}
        for number in range(count)
    ]


def fast_launch(count: int) -> list[Json]:
    """Return fast launch for that many accounts."""
    return [
        {
            "enabled": True,
            "accountId": account,
            "maxParallelLaunches": 6,
            "snapshotConfiguration": {"targetResourceCount": 5},
        }
        for account in accounts(count)
    ]


def document(*items: Json, **members: Any) -> Json:
    """Return a document of these Regions."""
    return {"name": "golden", **members, "distributions": [*items]}


def codes(count: int) -> list[str]:
    """Return that many Regions, those that exist first."""
    known = [*regions.partitions()["aws"]]
    return [*known[:count], *(f"eu-west-{number}" for number in range(20, 20 + count - len(known)))]


# A document with ``factor`` times the API's limit in one place, else nothing.
DIMENSIONS: dict[str, Callable[[int], Json]] = {
    "tags": lambda factor: document(region(), tags=tags(50 * factor)),
    "AMI tags": lambda factor: document(region(ami={"amiTags": tags(50 * factor)})),
    "accounts": lambda factor: document(region(ami={"targetAccountIds": accounts(1536 * factor)})),
    "permissions": lambda factor: document(
        region(
            ami={
                "targetAccountIds": accounts(1536 * factor),
                "launchPermission": {"userIds": accounts(2 * 1536 * factor)[1536 * factor :]},
            }
        )
    ),
    "bad accounts": lambda factor: document(
        region(ami={"targetAccountIds": ["x"] * (1536 * factor)})
    ),
    "fast launch": lambda factor: document(
        region(fastLaunchConfigurations=fast_launch(1000 * factor))
    ),
    "templates": lambda factor: document(
        region(launchTemplateConfigurations=templates(100 * factor))
    ),
    "Regions": lambda factor: document(*map(region, codes(34 * factor))),
    "same Region": lambda factor: document(*[region()] * (34 * factor)),
    "unknown members": lambda factor: document(
        region(), **{f"member{number}": {} for number in range(50 * factor)}
    ),
    "misspelled": lambda factor: document(*[{"Region": code} for code in codes(34 * factor)]),
    "description": lambda factor: document(region(), description="d" * 1024 * factor),
}


def legal_maximum(count: int = 5) -> Json:
    """Return a document of that many Regions with everything that the API allows."""
    return document(*[full_region(code, 1) for code in codes(count)], tags=tags(50))
