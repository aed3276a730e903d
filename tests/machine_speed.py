"""How fast the machine is, for the few limits of seconds that tests have."""

from __future__ import annotations

import copy
import gc
import time
from collections.abc import Callable


def slowness(clock: Callable[[], float] = time.process_time) -> float:
    """Return how many times slower than usual this machine copies a document, 1 if it is faster.

    With ``time.monotonic`` as the clock, waiting for other processes counts too.
    """
    document = {f"k{number}": [{"a": str(number)}] for number in range(30_000)}
    times = []
    gc.disable()  # it reads all objects of the process, however many it has
    for _ in range(3):
        start = clock()
        copy.deepcopy(document)
        times.append(clock() - start)
    gc.enable()
    return max(1.0, min(times) / 0.055)
