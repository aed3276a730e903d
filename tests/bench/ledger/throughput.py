"""Measure how many submissions a second the engines settle, beside bare boto3 calls.

``python -m tests.bench ledger.throughput``; on PostgreSQL with BENCH_DATABASE_URL. AWS answers at
once, after 50 ms or after half a second. The time is that from the first attempt's start to the
last one's end. Then one account hangs while submissions to another one are timed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import count
from pathlib import Path

import boto3
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from distui.submissions import heartbeat
from distui.submissions.ledger.enqueue import enqueue
from distui.submissions.models import Attempt, Submission, SubmissionState, WorkerHeartbeat
from distui.targets.models import Target
from tests.bench.figures import Limit, print_limits, print_line
from tests.factories import document, make_submission, make_target
from tests.sandbox_process import CREDENTIALS, ROOT
from tests.submissions.brokers import redis_server
from tests.submissions.kills.fake_aws import FakeAws

# Processes, threads and engine of each row.
ROWS = [(1, 1, "embedded"), (1, 8, "embedded"), (4, 8, "embedded"), (1, 8, "celery")]
DELAYS = (0.0, 0.05, 0.5)  # seconds until AWS answers
_WARM_UP = 16
_HANG = 60.0
_numbers = count()


class PatientAws(FakeAws):
    """An account without faults that answers a Create after a while, or hangs."""

    def __init__(self, delay: float = 0.0) -> None:
        super().__init__(1, faults=0.0)
        self._delay = delay

    def create(self, body):
        """Wait, then carry it out."""
        time.sleep(_HANG if body["name"].startswith("hangs") else self._delay)
        return super().create(body)


def report() -> int:
    """Print the table and the limits; return how many limits are exceeded."""
    with tempfile.TemporaryDirectory() as directory, redis_server(Path(directory)) as broker:
        settings.DISTUI_BROKER_URL = broker  # before the engine is imported
        return _report()


def _report() -> int:
    print_line(
        f"{connection.vendor}: submissions settled a second, by the seconds until AWS answers"
    )
    _print_rates("", DELAYS)
    bare = {threads: [bare_calls(threads, delay) for delay in DELAYS] for threads in (1, 8)}
    for threads, rates in bare.items():
        _print_rates(f"bare boto3, {threads} threads", rates)
    ours = {}
    for row in ROWS:
        ours[row] = [settled(*row, delay) for delay in DELAYS]
        processes, threads, engine = row
        _print_rates(f"{engine} {processes} × {threads}", ours[row])
    limits: list[Limit] = []
    if connection.vendor == "postgresql":  # SQLite waits for the disk at each commit
        times = bare[1][1] / ours[1, 1, "embedded"][1]
        limits.append(("embedded 1 × 1, answers after 50 ms, times bare boto3's time", times, 2))
    # Of the 16 a second that eight threads could send, 14.
    duration = 1000 / ours[1, 8, "embedded"][2]
    limits.append(("embedded 1 × 8, answers after 0.5 s, ms a submission", duration, 1000 / 14))
    times = bare[8][2] / ours[1, 8, "celery"][2]
    name = "celery 1 × 8, answers after 0.5 s, times bare boto3's time"
    limits.append((name, times, 16 / 14))
    for engine in ("embedded", "celery"):
        name = f"{engine}, seconds waited while another account hangs"
        limits.append((name, longest_wait(engine), 1))
    return print_limits(limits)


def _print_rates(name: str, rates: Sequence[float]) -> None:
    print_line(name.ljust(28) + "".join(f"{rate:8.2f}" for rate in rates))


def calls(threads: int, delay: float) -> int:
    """Return how many calls to make: enough for some seconds."""
    return 100 if delay < 0.5 else 20 * threads


def bare_calls(threads: int, delay: float) -> float:
    """Return how many Create calls a second threads with a shared client make."""
    number = calls(threads, delay)
    keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
    with PatientAws(delay) as aws:
        client = boto3.client("imagebuilder", "eu-west-1", endpoint_url=aws.url, **keys)

        def create(_) -> None:
            name = f"image {next(_numbers)}"
            client.create_distribution_configuration(
                clientToken=str(uuid.uuid4()), **document(name)
            )

        create(None)
        started = time.monotonic()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(create, range(number)))
        return number / (time.monotonic() - started)


def settled(processes: int, threads: int, engine: str, delay: float) -> float:
    """Return how many submissions a second the workers settle."""
    with PatientAws(delay) as aws, workers(processes, threads, engine, aws.url):
        settle(_WARM_UP)
        Attempt.objects.all().delete()
        number = calls(threads * processes, delay)
        settle(number)
        times = Attempt.objects.aggregate(first=Min("started_at"), last=Max("ended_at"))
    Attempt.objects.all().delete()
    return number / (times["last"] - times["first"]).total_seconds()


def longest_wait(engine: str) -> float:
    """Return how many seconds a submission waits for a worker while another account hangs."""
    with PatientAws() as aws, workers(1, 8, engine, aws.url):
        settle(_WARM_UP)
        Attempt.objects.all().delete()
        hanging = submit(40, "hangs", make_target("hangs"))
        others = submit(10, "image", make_target(), pause=0.2)
        wait_for(others)
        waits = [
            attempt.started_at - attempt.submission.submitted_at
            for attempt in Attempt.objects.filter(submission__in=others, number=1)
        ]
    Attempt.objects.all().delete()
    Submission.objects.filter(pk__in=hanging).delete()
    return max(waits).total_seconds()


@contextmanager
def workers(processes: int, threads: int, engine: str, url: str) -> Iterator[None]:
    """Run worker processes of the engine, with the account at this URL."""
    WorkerHeartbeat.objects.all().delete()
    settings.DISTUI_ENGINE = engine
    command = [sys.executable, "manage.py", "work"]
    with tempfile.TemporaryDirectory() as directory:
        own = {
            "DATABASE_URL": os.environ["DATABASE_URL"],
            "DISTUI_SANDBOX_URL": url,
            "DISTUI_VAR": directory,
            "DISTUI_ENGINE": engine,
            "DISTUI_WORKER_THREADS": str(threads),
            "DISTUI_BROKER_URL": settings.DISTUI_BROKER_URL,
        }
        options = {"cwd": ROOT, "env": os.environ | own | CREDENTIALS, "stderr": subprocess.DEVNULL}
        started = [subprocess.Popen(command, **options) for _ in range(processes)]
        try:
            while heartbeat.workers_alive() < processes:
                time.sleep(0.05)
            yield
        finally:
            for process in started:
                process.kill()
                process.wait()


def settle(number: int) -> None:
    """Queue submissions, and wait until they are created."""
    wait_for(submit(number, "image", make_target()))


def submit(number: int, name: str, target: Target, pause: float = 0.0) -> list[int]:
    """Queue submissions, at once or with pauses; return their IDs."""
    user, _ = User.objects.get_or_create(username="bench")
    fields = {"state": SubmissionState.PREPARED, "target": target}
    made = []
    with nullcontext() if pause else transaction.atomic():
        for _ in range(number):
            time.sleep(pause)
            fields |= {"name": f"{name} {next(_numbers)}", "submitted_at": timezone.now()}
            made.append(make_submission(user, **fields).pk)
            transaction.on_commit(partial(enqueue, made[-1]))
    return made


def wait_for(submissions: list[int]) -> None:
    """Wait until the submissions are settled."""
    while Submission.objects.open().filter(pk__in=submissions).exists():
        time.sleep(0.05)
