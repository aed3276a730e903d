"""The sends that run in this process, and the targets that may get another one."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator

from distui.submissions.models import Attempt

# A send that takes longer gives its slot away, so that accounts that hang delay no others.
SLOW_SECONDS = 0.6
_MOST = 4  # how many threads there are for each slot
_RATE_SECONDS = 1.0


class RunningSends:
    """The sends of one process: ``threads`` slots, which a target can fill.

    ``rate`` is how many sends to one target may start within a second; 0 means any number.
    """

    def __init__(self, threads: int, rate: int = 0) -> None:
        self.most = _MOST * threads
        self._threads, self._rate = threads, rate
        self._running: dict[str, tuple[int, float]] = {}
        self._starts: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=rate))
        self._lock = threading.Lock()

    def running(self) -> set[str]:
        """Return the names of the leases of the sends that run."""
        with self._lock:
            return set(self._running)

    def full_targets(self) -> Iterator[set[int]]:
        """Yield the targets to which no send may start; first all that are being sent to.

        Yields nothing while all slots are taken.
        """
        now = time.monotonic()
        with self._lock:
            running = list(self._running.values())
            too_fast = {target for target in self._starts if self._is_too_fast(target, now)}
        counts = Counter(target for target, _ in running)
        quick = sum(now - since < SLOW_SECONDS for _, since in running)
        if quick >= self._threads or len(running) >= self.most:
            return
        yield counts.keys() | too_fast
        if len(running) < self.most - self._threads:  # the rest is for targets with none
            yield {target for target in counts if counts[target] >= self._threads} | too_fast

    def is_full(self, target: int) -> bool:
        """Return True if the target has as many sends as there are slots."""
        with self._lock:
            return [one for one, _ in self._running.values()].count(target) >= self._threads

    def take(self, attempt: Attempt) -> None:
        """Take a slot for the attempt."""
        target, now = attempt.submission.target_id, time.monotonic()
        with self._lock:
            self._running[attempt.worker] = (target, now)
            if self._rate:
                self._starts[target].append(now)

    def give_back(self, attempt: Attempt) -> bool:
        """Give the attempt's slot back. Return True if it was slow."""
        with self._lock:
            _, since = self._running.pop(attempt.worker)
        return time.monotonic() - since >= SLOW_SECONDS

    def _is_too_fast(self, target: int, now: float) -> bool:
        starts = self._starts[target]
        return len(starts) == self._rate and now - starts[0] < _RATE_SECONDS
