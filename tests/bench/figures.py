"""Measure and print figures."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

Limit = tuple[str, float, float]  # name, value, maximum
MAX_MB = 250  # of a process of the web server
IDLE_MB = 128  # of these, what it has before its first request


def median_ms(step: Callable[[], object], *, before=lambda: None, rounds: int = 15) -> float:
    """Return the median duration of several rounds in milliseconds, after a warm-up round."""
    step()
    times = []
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


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
        print_line(f"{name}: {value:.2f} (limit {maximum:g}) {'ok' if is_met else 'EXCEEDED'}")
    return exceeded


def print_line(line: str = "") -> None:
    """Print a line without buffering."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
