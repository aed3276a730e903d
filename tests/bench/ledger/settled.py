"""Measure what a long history costs: a part of ``make growth``, on both databases.

The ledger has 1,000, 100,000 and 1,000,000 settled submissions. Workers, monitoring and pages must
not take longer for it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max
from django.test import Client

from distui.aws.results import Accepted
from distui.builder.models import Draft
from distui.submissions.ledger.create import create_submission
from distui.submissions.ledger.decisions import after_accepted
from distui.submissions.ledger.leases import claim, start_sending
from distui.submissions.ledger.recovery import recover
from distui.submissions.ledger.transitions import finish_attempt
from distui.submissions.metrics import LedgerCollector
from distui.submissions.models import Attempt, AttemptResult, Submission
from tests.bench.figures import Limit, print_limits, print_line
from tests.factories import START, document, make_draft, make_submission, make_target

SIZES = tuple(map(int, os.environ.get("SETTLED", "1000,100000,1000000").split(",")))
GROWTH = 2  # times the duration with the fewest
SMALL_MS = 5  # less is not compared
ROUNDS = 9
_ACCEPTED: dict[str, Any] = {
    "worker": "host/1/0", "result": AttemptResult.ACCEPTED, "number": 1,
    "started_at": START, "sent_at": START, "ended_at": START + timedelta(seconds=1),
}  # fmt: skip
_numbers = count()


def report() -> int:
    """Print the durations with each size, and the limits; return how many are exceeded."""
    settings.NEWEST_SUBMISSION = Path(os.environ["DISTUI_VAR"]) / "newest"
    author = User.objects.create_user("author of a long history")
    title = f"{connection.vendor}, settled submissions"
    print_line(f"{title:<34}" + "".join(f"{size:12,}" for size in SIZES) + "   (ms, fastest)")
    figures: dict[str, list[float]] = {}
    for size in SIZES:
        _settle(author, size)
        for name, figure in _measure(author).items():
            figures.setdefault(name, []).append(figure)
    for name, row in figures.items():
        print_line(f"{name:<34}" + "".join(f"{figure:12.1f}" for figure in row))
    return print_limits([_growth(name, row) for name, row in figures.items()])


def _growth(name: str, row: list[float]) -> Limit:
    return f"{name}: growth", max(row[-1], SMALL_MS) / max(row[0], SMALL_MS), GROWTH


def _measure(author: User) -> dict[str, float]:
    """Return the milliseconds of each step: the ledger's, those of monitoring, and pages."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(author)
    newest, metrics = Submission.objects.latest("pk").pk, LedgerCollector()
    list(metrics.collect())  # counts the past, once
    drafts = [make_draft(author, document(f"image {next(_numbers)}")) for _ in range(ROUNDS)]
    steps: dict[str, Callable[[], object]] = {
        "submit": lambda: _submit(drafts.pop(), author),
        "look for what is due": lambda: list(Submission.objects.due()[:100]),
        "claim and settle": _claim_and_settle,
        "recover what was lost": recover,
        "metrics": lambda: list(metrics.collect()),
    }
    for path in ("/readyz", "/", "/history/", f"/history/{newest}/"):
        steps[path.replace(str(newest), "ID")] = partial(_open, client, path)
    figures = {name: _fastest(step) for name, step in steps.items()}
    Draft.objects.all().delete()
    return figures


def _submit(draft: Draft, author: User) -> None:
    create_submission(draft=draft, target=make_target(), user=author, token=draft.client_token)


def _claim_and_settle() -> None:
    attempt = claim(among=Submission.objects.due())
    assert attempt
    assert start_sending(attempt)
    response = Accepted(attempt.submission.predicted_arn, "", "{}")
    transition = after_accepted(response)
    finish_attempt(
        attempt=attempt, result=AttemptResult.ACCEPTED, response=response, transition=transition
    )


def _open(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def _fastest(step: Callable[[], object]) -> float:
    """Return the milliseconds of the fastest round: others waited for other processes."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def _settle(author: User, size: int) -> None:
    """Add settled submissions with an attempt each, up to this number."""
    while (number := Submission.objects.count()) < size:
        if number < SIZES[0]:
            submission = make_submission(author)
            Attempt.objects.create(submission=submission, **_ACCEPTED)
        else:
            _copy(min(number, size - number))
    if connection.vendor == "postgresql":  # as its autovacuum does
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _copy(number: int) -> None:
    """Copy the oldest submissions and their attempts, under new names."""
    last = Submission.objects.aggregate(last=Max("pk"))["last"]
    of_submissions = {
        "id": f"id + {last}",
        "name": f"'golden-' || (id + {last})",
        "normalized_name": f"'golden-' || (id + {last})",
        "client_token": f"'copy ' || (id + {last})",
    }
    last_attempt = Attempt.objects.aggregate(last=Max("pk"))["last"]
    of_attempts = {"id": f"id + {last_attempt}", "submission_id": f"submission_id + {last}"}
    with connection.cursor() as cursor:
        for model, changed in ((Submission, of_submissions), (Attempt, of_attempts)):
            table = model._meta.db_table
            names = [field.column for field in model._meta.concrete_fields]
            values = ", ".join(changed.get(name, name) for name in names)
            key = "id" if model is Submission else "submission_id"
            copies = f"SELECT {values} FROM {table} WHERE {key} <= {number}"
            cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) {copies}")
        for sql in connection.ops.sequence_reset_sql(no_style(), [Submission, Attempt]):
            cursor.execute(sql)
