"""Measure and print figures."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

K = TypeVar("K")
Limit = tuple[str, float, float]  # name, value, maximum
MAX_MB = 250  # of a process of the web server
IDLE_MB = 128  # of these, what it has before its first request


class Step(NamedTuple):
    """A function that is measured, what is done before each round, and the number of rounds."""

    run: Callable[[], object]
    before: Callable[[], object] = lambda: None
    rounds: int = 15


def median_ms(run: Callable[[], object], *, rounds: int) -> float:
    """Return the median duration of several rounds in milliseconds, after a warm-up round."""
    return medians_ms({None: Step(run, rounds=rounds)})[None]


def medians_ms(steps: Mapping[K, Step]) -> dict[K, float]:
    """Return the median durations of steps in milliseconds, after a warm-up round.

    Each round runs all steps in turn, so that a slow machine affects all of them.
    """
    times: dict[K, list[float]] = {key: [] for key in steps}
    for number in range(1 + max(step.rounds for step in steps.values())):
        for key, step in steps.items():
            if number <= step.rounds:
                step.before()
                start = time.perf_counter()
                step.run()
                times[key].append((time.perf_counter() - start) * 1000)
    return {key: statistics.median(found[1:]) for key, found in times.items()}


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(values)[int(len(values) * 0.95)]


def peak_memory() -> float:
    """Return the largest memory that this process had so far, in MB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


def print_limits(limits: list[Limit]) -> int:
    """Print each limit; return how many are exceeded."""
    exceeded = 0
    for name, value, maximum in limits:
        is_met = value <= maximum
        exceeded += not is_met
        print_line(f"{name}: {value:.2f} (limit {maximum:.4g}) {'ok' if is_met else 'EXCEEDED'}")
    return exceeded


def print_line(line: str = "") -> None:
    """Print a line without buffering."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
