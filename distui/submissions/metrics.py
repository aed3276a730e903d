"""Metrics of the ledger, which every web server reads from the database: all report the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from threading import Lock

from django.db.models import Count, F, Max, Min, QuerySet
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from distui.submissions.heartbeat import last_seen, workers_alive
from distui.submissions.models import Attempt, AttemptResult, Submission, SubmissionState

_LATEST = 1_000
_QUANTILES = (0.5, 0.9, 0.99)
# Attempts that started earlier have ended and keep their result.
_FINAL_AFTER = timedelta(minutes=10)


class LedgerCollector(Collector):
    """Reads the metrics when they are asked for; what doesn't change any more is read once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted: Counter[str] = Counter()  # results of the attempts up to this ID
        self._counted_up_to = 0

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics. Raises ``django.db.Error`` if the database doesn't respond."""
        yield _submissions()
        yield _oldest_due()
        yield self._attempts()
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

    def _attempts(self) -> Metric:
        with self._lock:
            newer = Attempt.objects.filter(pk__gt=self._counted_up_to)
            if final := _last_final(newer):
                self._counted += _results(newer.filter(pk__lte=final))
                self._counted_up_to = final
            total = self._counted + _results(newer.filter(pk__gt=self._counted_up_to))
        family = CounterMetricFamily(
            "distui_attempts", "Attempts to send or look up.", labels=["result"]
        )
        for result in AttemptResult:
            if result != AttemptResult.UNDER_WAY:
                family.add_metric([result.value], total[result.value])
        return family


def _submissions() -> Metric:
    by_state = Submission.objects.order_by().values_list("state").annotate(Count("pk"))
    counts = dict(by_state)
    family = GaugeMetricFamily("distui_submissions", "Submissions by state.", labels=["state"])
    for state in SubmissionState:
        family.add_metric([state.value], counts.get(state, 0))
    return family


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


def _last_final(attempts: QuerySet[Attempt]) -> int:
    """Return the ID up to which all attempts are final, 0 if none is."""
    old = attempts.filter(started_at__lt=timezone.now() - _FINAL_AFTER)
    first_open = old.filter(result=AttemptResult.UNDER_WAY).aggregate(pk=Min("pk"))["pk"]
    if first_open:
        old = old.filter(pk__lt=first_open)
    return old.aggregate(pk=Max("pk"))["pk"] or 0


def _results(attempts: QuerySet[Attempt]) -> Counter[str]:
    return Counter(dict(attempts.order_by().values_list("result").annotate(Count("pk"))))


ledger_collector = LedgerCollector()
