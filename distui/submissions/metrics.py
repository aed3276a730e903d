"""Metrics of the ledger, which every web server reads from the database: all report the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from threading import Lock
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from distui.core.intervals import Interval
from distui.submissions.heartbeat import last_seen, workers_alive
from distui.submissions.models import OPEN, Attempt, AttemptResult, Submission, SubmissionState

_LATEST = 1_000
_QUANTILES = (0.5, 0.9, 0.99)
# Older ones have been committed and, unless they are open, keep their value.
_FINAL_AFTER = timedelta(minutes=10)


class LedgerCollector(Collector):
    """Reads the metrics when they are asked for; what doesn't change any more is read seldom."""

    def __init__(self) -> None:
        self._submissions = _Totals("state", "submitted_at", OPEN)
        self._attempts = _Totals("result", "started_at", [AttemptResult.UNDER_WAY])

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics. Raises ``django.db.Error`` if the database doesn't respond."""
        yield self._submissions_by_state()
        yield _oldest_due()
        yield self._attempts_by_result()
        yield _durations()
        yield GaugeMetricFamily(
            "distui_workers", "Workers seen in the last 30 seconds.", workers_alive()
        )
        seen_at = last_seen()
        yield GaugeMetricFamily(
            "distui_worker_seen_timestamp_seconds",
            "When any worker was seen last, 0 if never.",
            seen_at.timestamp() if seen_at else 0,
        )

    def _submissions_by_state(self) -> Metric:
        total = self._submissions.count(Submission.objects.order_by())
        family = GaugeMetricFamily("distui_submissions", "Submissions by state.", labels=["state"])
        for state in SubmissionState:
            family.add_metric([state.value], total[state.value])
        return family

    def _attempts_by_result(self) -> Metric:
        total = self._attempts.count(Attempt.objects.order_by())
        family = CounterMetricFamily(
            "distui_attempts", "Attempts to send or look up.", labels=["result"]
        )
        for result in AttemptResult:
            if result != AttemptResult.UNDER_WAY:
                family.add_metric([result.value], total[result.value])
        return family


class _Totals:
    """How many rows a column's values have; the oldest ones, up to the first open one, are kept.

    A settled submission can still be created, so that all are counted again each hour. As long as
    an old row is open, those after it are counted each time.
    """

    def __init__(self, column: str, time: str, is_open: Sequence[str]) -> None:
        self._column, self._time, self._is_open = column, time, {f"{column}__in": is_open}
        self._hour = Interval(3600.0)
        self._lock = Lock()
        self._kept: Counter[str] = Counter()
        self._kept_up_to = 0

    def count(self, rows: QuerySet[Any]) -> Counter[str]:
        """Return the number of rows with each value."""
        with self._lock:
            if self._hour.is_due():
                self._kept, self._kept_up_to = Counter(), 0
            newer = rows.filter(pk__gt=self._kept_up_to)
            if final := self._last_final(newer):
                self._kept += self._count(newer.filter(pk__lte=final))
                self._kept_up_to = final
            return self._kept + self._count(newer.filter(pk__gt=self._kept_up_to))

    def _last_final(self, rows: QuerySet[Any]) -> int:
        """Return the ID up to which all rows are final, 0 if none is."""
        old = rows.filter(**{f"{self._time}__lt": timezone.now() - _FINAL_AFTER})
        first_open = old.filter(**self._is_open).aggregate(pk=Min("pk"))["pk"]
        if first_open:
            old = old.filter(pk__lt=first_open)
        return old.aggregate(pk=Max("pk"))["pk"] or 0

    def _count(self, rows: QuerySet[Any]) -> Counter[str]:
        """Count without GROUP BY, for which SQLite reads a whole index instead of the new rows."""
        values = rows.model._meta.get_field(self._column).choices
        counts = {value: Count("pk", filter=Q(**{self._column: value})) for value, _ in values}
        return Counter(rows.aggregate(**counts))


def _oldest_due() -> Metric:
    now = timezone.now()
    since = Submission.objects.due().aggregate(since=Min("next_attempt_at"))["since"]
    age = max(0.0, (now - since).total_seconds()) if since else 0.0
    text = "How long the longest overdue submission has waited for a worker."
    return GaugeMetricFamily("distui_oldest_due_seconds", text, age)


def _durations() -> Metric:
    sent = Attempt.objects.filter(sent_at__isnull=False, ended_at__isnull=False).order_by("-pk")
    times = sent.annotate(time=F("ended_at") - F("sent_at")).values_list("time", flat=True)
    seconds = sorted(time.total_seconds() for time in times[:_LATEST])
    family = GaugeMetricFamily(
        "distui_attempt_duration_seconds",
        f"Time from sending to the recorded result, of the latest {_LATEST} attempts.",
        labels=["quantile"],
    )
    for quantile in _QUANTILES if seconds else ():
        family.add_metric([str(quantile)], seconds[int(quantile * len(seconds))])
    return family


ledger_collector = LedgerCollector()
