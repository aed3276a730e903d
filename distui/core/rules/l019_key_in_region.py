"""L019: an AMI is encrypted with a key of its own Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference import arns, regions
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted


@rule(
    "L019",
    Severity.ERROR,
    "The KMS key lies in the distribution's Region",
    scope="distribution",
    why="A copy is encrypted where it arrives, and keys do not leave their Region.",
    evidence=(
        "EC2 service model, CopyImage: the specified KMS key must exist in the destination Region."
    ),
)
def key_in_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """A key ARN of another Region; for a multi-Region key the replica's ARN is offered."""
    key = distribution.get("amiDistributionConfiguration", {}).get("kmsKeyId", "")
    region = regions.find_region(distribution.get("region", ""), context.extra_regions)
    arn = arns.wrong_region(key, region)
    if not arn or arn.service != "kms":
        return
    place, hint = "/amiDistributionConfiguration/kmsKeyId", "Use a key of this Region."
    fix: tuple[Json, ...] = ()
    if arn.resource.startswith("key/mrk-"):
        replica = key.replace(f":{arn.region}:", f":{region}:", 1)
        hint = f"It is a multi-Region key: its replica here would be {replica}."
        fix = ({"op": "replace", "path": place, "value": replica},)
    message = f"This key is named in Region {quoted(arn.region)}, and the AMI goes to {region}."
    yield Problem(place, f"{message} {hint}", fix=fix)
