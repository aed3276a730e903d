"""L043: what a disabled fast launch does."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L043",
    Severity.WARNING,
    "Fast launch that is not enabled",
    scope="distribution",
    why=("False takes no action: it neither uses the other settings nor switches fast launch off."),
    evidence="Service model, FastLaunchConfiguration: enabled.",
)
def disabled_fast_launch(distribution: Json, context: Context) -> Iterator[Problem]:
    """``enabled: false`` beside other settings."""
    for index, row in enumerate(distribution.get("fastLaunchConfigurations", [])):
        if row.get("enabled") is False and set(row) - {"enabled", "accountId"}:
            yield Problem(
                f"/fastLaunchConfigurations/{index}/enabled",
                "false takes no action, so the settings beside it have no effect.",
            )
