"""Frequent queries read an index, so that a million settled submissions slow nothing down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from distui.builder.rule_context import target_context
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.recovery import recover
from distui.submissions.models import Submission, SubmissionState
from tests.factories import make_submission, make_target

pytestmark = pytest.mark.django_db

TABLE = "submissions_submission"


@pytest.fixture(autouse=True)
def _rows(alice, bob):
    """Create settled submissions of two people, and some of each other state."""
    for number in range(40):
        make_submission((alice, bob)[number % 2])
    for state in SubmissionState.values:
        make_submission(alice, state=state)


def plans_of(run: Callable[[], object]) -> dict[str, str]:
    """Return the plan of each query of the submissions that ``run`` makes."""
    with CaptureQueriesContext(connection) as queries:
        run()
    words = ("SELECT", "UPDATE")
    found = [q["sql"] for q in queries if TABLE in q["sql"] and q["sql"].startswith(words)]
    return {sql: plan_of(sql) for sql in found}


def plan_of(sql: str) -> str:
    """Return the query's plan. PostgreSQL's avoids whole tables, as if this one was long."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + sql.replace("%", "%%"))
            return "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
        return "\n".join(row[3] for row in cursor.fetchall())


def reads_everything(plan: str) -> bool:
    """Return True if the plan reads or sorts all rows of the table."""
    if connection.vendor == "postgresql":
        return f"Seq Scan on {TABLE}" in plan
    lines = plan.splitlines()
    return any(line.startswith(f"SCAN {TABLE}") and "INDEX" not in line for line in lines)


def test_claims_and_sweeps_read_an_index(alice):
    def run() -> None:
        assert claim(among=Submission.objects.due())
        assert Submission.objects.due().values_list("pk", flat=True)[:100]
        recover()
        target_context(make_target())

    plans = plans_of(run)
    assert len(plans) > 4
    assert {sql: plan for sql, plan in plans.items() if reads_everything(plan)} == {}


def sorts(plan: str) -> bool:
    """Return True if SQLite's plan sorts what it has read."""
    return connection.vendor == "sqlite" and "TEMP B-TREE" in plan


@pytest.mark.parametrize(
    "order", ["", "?sort=submitted", "?sort=-name", "?sort=person", "?sort=-state", "?sort=-target"]
)
def test_the_first_page_of_the_history_reads_an_index(order, alice_client, bob_client):
    for client in (alice_client, bob_client):
        plans = plans_of(lambda client=client: client.get(f"/history/{order}"))
        assert plans
        assert {sql: plan for sql, plan in plans.items() if reads_everything(plan)} == {}
    found = {sql: plan for sql, plan in plans.items() if f'FROM "{TABLE}"' in sql}
    assert {sql: plan for sql, plan in found.items() if sorts(plan)} == {}  # of a reviewer
