"""L041: the number of parallel launches of fast launch."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule, set_value

_MINIMUM = 6
_MAXIMUM = 10_000


@rule(
    "L041",
    Severity.ERROR,
    "6 to 10,000 parallel launches",
    scope="distribution",
    why=(
        "EC2 rejects fewer than 6 when the AMI is distributed. It documents no maximum; distui's "
        "maximum is that of the snapshots, since more launches than snapshots have no effect."
    ),
    evidence=(
        "EC2 service model, EnableFastLaunch: MaxParallelLaunches; Image Builder's "
        "TargetResourceCount."
    ),
)
def parallel_launches(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report numbers out of range; the schema reports those below 1."""
    for row, settings in items_at(distribution, "/fastLaunchConfigurations"):
        launches = settings.get("maxParallelLaunches", _MINIMUM)
        pointer = f"{row}/maxParallelLaunches"
        if 1 <= launches < _MINIMUM:
            message = f"Must be {_MINIMUM} or more."
            yield Problem(pointer, message, fix=set_value(pointer, _MINIMUM))
        elif launches > _MAXIMUM:
            message = f"Must be {_MAXIMUM:,} or less, a limit of distui."
            yield Problem(pointer, message, fix=set_value(pointer, _MAXIMUM))
