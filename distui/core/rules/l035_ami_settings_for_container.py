"""L035: settings that only an AMI has."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_AMI, _CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"


@rule(
    "L035",
    Severity.WARNING,
    "AMI settings beside a container alone",
    scope="distribution",
    why="Launch templates, licences, fast launch, exports and parameters are for AMIs.",
    evidence="Service model, Distribution.",
)
def ami_settings_for_container(distribution: Json, context: Context) -> Iterator[Problem]:
    """Such settings in a Region with a container block and no AMI block."""
    if _CONTAINER in distribution and _AMI not in distribution:
        for name in sorted(set(distribution) - {"region", _CONTAINER}):
            yield Problem(
                f"/{name}",
                "This is for AMIs, and this Region has container settings only.",
            )
