"""Do something at most once in an interval."""

from __future__ import annotations

import time


class Interval:
    """An interval in seconds, measured by the monotonic clock; the first time is due at once."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: float | None = None

    def is_due(self) -> bool:
        """Return True, and start the interval, if it has passed since the last True."""
        now = time.monotonic()
        if self._last is not None and now - self._last < self._seconds:
            return False
        self._last = now
        return True
