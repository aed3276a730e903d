"""L035: settings for AMIs have no effect on a container image."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule

_AMI, _CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"


@rule(
    "L035",
    Severity.WARNING,
    "AMI settings without an AMI",
    scope="distribution",
    why="Launch templates, licenses, EC2 Fast Launch, exports and SSM parameters require AMIs.",
    evidence="Service model, Distribution.",
)
def ami_settings_for_container(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report such settings in a Region that has only container settings."""
    if _CONTAINER in distribution and _AMI not in distribution:
        for name in sorted(set(distribution) - {"region", _CONTAINER}):
            message = "Applies only to AMIs, but this Region has only container settings."
            yield Problem(f"/{name}", message)
