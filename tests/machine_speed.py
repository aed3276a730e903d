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
    gc.disable()  # it reads all objects of the process, however many it has
    try:
        start = clock()
        copy.deepcopy(document)
        return max(1.0, (clock() - start) / 0.055)
    finally:
        gc.enable()
