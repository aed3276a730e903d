"""L023: a key in the Region where the image is built."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L023",
    Severity.WARNING,
    "A KMS key in the home Region",
    scope="distribution",
    why=("There the AMI is not copied, so it keeps the encryption that the image recipe gave it."),
    evidence="Image Builder user guide, AMI distribution settings: the source Region.",
)
def key_at_home(distribution: Json, context: Context) -> Iterator[Problem]:
    """``kmsKeyId`` in the distribution of the home Region."""
    key = distribution.get("amiDistributionConfiguration", {}).get("kmsKeyId")
    if key and context.home_region and distribution.get("region") == context.home_region:
        yield Problem(
            "/amiDistributionConfiguration/kmsKeyId",
            "This is the home Region: the AMI that is built there is not encrypted again."
            " Set the key in the image recipe.",
        )
