"""How figures are taken and printed."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

Bound = tuple[str, float, float]  # what, its value, at most


def timed(step: Callable[[], object], *, before=lambda: None, rounds: int = 15) -> float:
    """The median of several rounds, in milliseconds, after one that is not counted."""
    step()
    times = []
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def p95(values: list[float]) -> float:
    """The value that one in twenty is above."""
    return sorted(values)[int(len(values) * 0.95)]


def print_bounds(bounds: list[Bound]) -> int:
    """Each bound, kept or not; how many are not."""
    broken = 0
    for text, value, most in bounds:
        kept = value <= most
        broken += not kept
        say(f"{text}: {value:.2f} (at most {most:g}) {'kept' if kept else 'BROKEN'}")
    return broken


def say(line: str = "") -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
