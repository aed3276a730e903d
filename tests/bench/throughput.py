"""Measure how many submissions a second the engines settle, beside bare boto3 calls.

``python -m tests.bench throughput``; on PostgreSQL with BENCH_DATABASE_URL. AWS answers at once or
after half a second. The time is that from the first attempt's start to the last one's end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import boto3
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max, Min

from distui.submissions import heartbeat
from distui.submissions.models import Attempt, Submission, SubmissionState, WorkerHeartbeat
from tests.bench.figures import print_line
from tests.factories import document, make_submission, make_target
from tests.sandbox_process import CREDENTIALS, ROOT
from tests.submissions.brokers import redis_server
from tests.submissions.kills.fake_aws import FakeAws

# Processes, threads and engine of each row.
ROWS = [(1, 1, "embedded"), (1, 8, "embedded"), (4, 8, "embedded"), (1, 8, "celery")]
_WARM_UP = 16
_numbers = count()


class PatientAws(FakeAws):
    """An account without faults that answers a Create after a while."""

    def __init__(self, delay: float) -> None:
        super().__init__(1, faults=0.0)
        self._delay = delay

    def create(self, body):
        """Wait, then carry it out."""
        time.sleep(self._delay)
        return super().create(body)


def report() -> int:
    """Print the table. There are no limits: the figures depend on the machine."""
    print_line(
        f"{connection.vendor}: submissions settled a second, answers at once and after 0.5 s"
    )
    for threads in (1, 8):
        cells = [f"{bare_calls(threads, delay):8.1f}" for delay in (0.0, 0.5)]
        print_line(f"bare boto3, {threads} threads".ljust(28) + "".join(cells))
    for processes, threads, engine in ROWS:
        cells = [f"{settled(processes, threads, engine, delay):8.1f}" for delay in (0.0, 0.5)]
        print_line(f"{engine} {processes} × {threads}".ljust(28) + "".join(cells))
    return 0


def calls(threads: int, delay: float) -> int:
    """Return how many calls to make: enough for some seconds."""
    return 100 if delay == 0 else 8 * threads


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
    with tempfile.TemporaryDirectory() as directory, PatientAws(delay) as aws:
        own = {
            "DATABASE_URL": os.environ["DATABASE_URL"],
            "DISTUI_SANDBOX_URL": aws.url,
            "DISTUI_VAR": directory,
            "DISTUI_ENGINE": engine,
            "DISTUI_WORKER_THREADS": str(threads),
            "DISTUI_BROKER_URL": f"redis+socket://{directory}/redis.sock",
        }
        with redis_server(Path(directory)), workers(processes, own):
            settle(_WARM_UP)
            Attempt.objects.all().delete()
            number = calls(threads * processes, delay)
            settle(number)
            times = Attempt.objects.aggregate(first=Min("started_at"), last=Max("ended_at"))
    Attempt.objects.all().delete()
    return number / (times["last"] - times["first"]).total_seconds()


@contextmanager
def workers(processes: int, own: dict[str, str]) -> Iterator[None]:
    """Run worker processes."""
    WorkerHeartbeat.objects.all().delete()
    command = [sys.executable, "manage.py", "work"]
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
    user, _ = User.objects.get_or_create(username="bench")
    target = make_target()
    with transaction.atomic():
        for _ in range(number):
            name = f"image {next(_numbers)}"
            make_submission(user, name=name, state=SubmissionState.PREPARED, target=target)
    while Submission.objects.open().exists():
        time.sleep(0.05)
