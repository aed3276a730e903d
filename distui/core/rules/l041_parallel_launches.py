"""L041: how many instances fast launch may start at a time."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, set_value

_MINIMUM = 6
_MAXIMUM = 10_000


@rule(
    "L041",
    Severity.ERROR,
    "From 6 to 10,000 parallel launches",
    scope="distribution",
    why=(
        "EC2 refuses fewer than 6, when the AMI is distributed. It names no maximum; distui's "
        "own is that of the snapshots to keep, since more launches than snapshots make "
        "nothing sooner."
    ),
    evidence=(
        "EC2 service model, EnableFastLaunch: MaxParallelLaunches; Image Builder's "
        "TargetResourceCount."
    ),
)
def parallel_launches(distribution: Json, context: Context) -> Iterator[Problem]:
    """A number below EC2's minimum or beyond our maximum; one below 1 is the schema's finding."""
    for index, row in enumerate(distribution.get("fastLaunchConfigurations", [])):
        launches = row.get("maxParallelLaunches", _MINIMUM)
        place = f"/fastLaunchConfigurations/{index}/maxParallelLaunches"
        if 1 <= launches < _MINIMUM:
            said = f"EC2 asks for at least {_MINIMUM} parallel launches."
            yield Problem(place, said, fix=set_value(place, _MINIMUM))
        elif launches > _MAXIMUM:
            yield Problem(
                place,
                f"distui takes at most {_MAXIMUM} parallel launches, though AWS names no limit.",
                fix=set_value(place, _MAXIMUM),
            )
