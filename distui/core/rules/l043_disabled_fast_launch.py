"""L043: disabled fast launch has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L043",
    Severity.WARNING,
    "EC2 Fast Launch with enabled set to false",
    scope="distribution",
    why="false has no effect: it neither uses the other settings nor disables EC2 Fast Launch.",
    evidence="Service model, FastLaunchConfiguration: enabled.",
)
def disabled_fast_launch(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report ``enabled: false`` together with other settings."""
    for pointer, row in items_at(distribution, "/fastLaunchConfigurations"):
        if row.get("enabled") is False and set(row) - {"enabled", "accountId"}:
            message = "false has no effect, so the other settings of this entry are ignored."
            yield Problem(f"{pointer}/enabled", message)
