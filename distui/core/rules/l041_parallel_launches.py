"""L041: the number of parallel launches of fast launch."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import items_at
from distui.core.rules.rule import Context, Json, Problem, rule, set_value

_MINIMUM = 6
_MAXIMUM = 10_000
_MAX_INTEGER = 2**31 - 1


@rule(
    "L041",
    Severity.ERROR,
    "At least 6 parallel launches",
    scope="distribution",
    why=(
        "EC2 rejects fewer than 6 when the AMI is distributed. It documents no maximum; more "
        "launches than the 10,000 snapshots that Image Builder allows have no effect."
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
            is_integer = launches <= _MAX_INTEGER
            message = f"Values above {_MAXIMUM:,} have no effect: there are at most {_MAXIMUM:,}"
            message += " snapshots."
            if not is_integer:
                message = f"Must be {_MAX_INTEGER:,} or less: EC2 reads a 32-bit integer."
            severity = Severity.WARNING if is_integer else None
            yield Problem(pointer, message, severity, fix=set_value(pointer, _MAXIMUM))
