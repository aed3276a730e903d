"""L023: a KMS key has no effect in the build Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_KEY = "/amiDistributionConfiguration/kmsKeyId"


@rule(
    "L023",
    Severity.WARNING,
    "KMS key in the build Region",
    scope="distribution",
    why="The AMI isn't copied there, so it keeps the encryption of the image recipe.",
    evidence="Image Builder user guide, AMI distribution settings: the source Region.",
)
def key_in_home_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a key in the distribution of the home Region, where the image is built."""
    at_home = context.home_region and distribution.get("region") == context.home_region
    if at_home and value_at(distribution, _KEY):
        yield Problem(
            _KEY,
            "No effect in the build Region: the source AMI isn't re-encrypted."
            " Set the key in the recipe.",
        )
