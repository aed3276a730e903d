"""Real workers under SIGKILL, on the database of the test run, compared with what AWS has."""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass

import pytest
from django.db import connection

from distui.builder.models import Draft
from distui.submissions.ledger.create import create_submission
from distui.submissions.models import Submission, SubmissionState
from tests.factories import document, make_draft, make_target
from tests.submissions.brokers import redis_server
from tests.submissions.kills.fake_aws import FakeAws
from tests.submissions.kills.killing import Fleet

KILLS = int(os.environ.get("KILLS", "150"))
BATCH = 8  # submissions queued at a time

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300 + 2 * KILLS),
    pytest.mark.process,
]


@dataclass
class Result:
    """Differences between the ledger and AWS."""

    lost: set[str]
    doubled: set[str]
    invented: set[str]
    refused_falsely: set[str]
    unsettled: list[Submission]

    @property
    def names_in_doubt(self) -> list[str]:
        """Return the names of what is lost or refused falsely."""
        arns = self.lost | self.refused_falsely
        return [arn.rpartition("/")[2].replace("-", " ") for arn in arns]


def compare(aws: FakeAws) -> Result:
    """Compare the ledger with AWS."""
    created = Submission.objects.filter(state=SubmissionState.CREATED)
    history = dict(created.values_list("arn", "client_token"))
    rejected = Submission.objects.filter(state=SubmissionState.REJECTED)
    return Result(
        doubled={name for name, tokens in aws.tokens_by_name.items() if len(tokens) > 1},
        lost=set(aws.created) - set(history),
        invented=set(history.items()) - set(aws.created.items()),
        refused_falsely={one.predicted_arn for one in rejected} & set(aws.created),
        unsettled=list(Submission.objects.open()),
    )


@pytest.fixture
def run_kills(own_database, alice, settings, tmp_path):
    """Return a function that kills workers of a protocol and compares the result."""

    def run(protocol: str, *, kills: int, faults: float, seed: int) -> Result:
        numbers = random.Random(seed)
        target = make_target()
        with FakeAws(seed, faults=faults) as aws:
            settings.DISTUI_SANDBOX_URL = aws.url
            submit(alice, target)
            fleet = Fleet(aws, own_database, str(tmp_path), protocol)
            for _ in range(kills):
                if Submission.objects.open().count() < BATCH:
                    submit(alice, target)
                fleet.kill_one(numbers)
            fleet.settle()
            result = compare(aws)
        counts = f"{kills} kills, seed {seed}: {aws.sends} sends, {len(aws.created)} created"
        sys.stderr.write(f"{counts}\n")
        assert len(aws.created) > kills / 20, counts
        return result

    return run


def submit(alice, target) -> None:
    """Queue a few submissions."""
    for _ in range(BATCH):
        draft: Draft = make_draft(alice, document(f"image {Submission.objects.count()}"))
        create_submission(draft=draft, target=target, user=alice, token=draft.client_token)


def describe(submission: Submission) -> str:
    """Return what the ledger knows about a submission, for the message of a failed test."""
    attempts = submission.attempts.values_list("result", "code", "sent_at", "ended_at", "message")
    steps = "; ".join(" ".join(map(str, attempt)) for attempt in attempts)
    return f"{submission.name}: {submission.state}. {submission.reason} [{steps}]"


def test_nothing_is_lost_doubled_invented_or_refused_falsely(run_kills):
    check("embedded", run_kills)


def test_celery_loses_nothing_either(run_kills, tmp_path):
    with redis_server(tmp_path):
        check("celery", run_kills)


def check(engine: str, run_kills) -> None:
    """Kill workers of the engine. Nothing may be lost, doubled, invented or refused falsely.

    Nor may a submission need a person: no other client uses the account, so each look-up proves
    whether it was created.
    """
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    result = run_kills(engine, kills=KILLS, faults=0.3, seed=seed)
    about = [f"seed {seed}", *map(describe, result.unsettled)]
    about += map(describe, Submission.objects.filter(name__in=result.names_in_doubt))
    assert result.lost == set(), about
    assert result.doubled == set(), about
    assert result.invented == set(), about
    assert result.refused_falsely == set(), about
    assert result.unsettled == [], about


def test_a_second_token_of_a_name_is_doubled():
    with FakeAws(0, faults=0) as aws:
        for token in ("first", "second", "first"):
            aws.create({"name": "image 1", "clientToken": token})
    assert compare(aws).doubled == {"image-1"}


@pytest.mark.skipif(
    KILLS <= 150 and connection.vendor != "sqlite", reason="on SQLite, or make torture"
)
def test_the_protocol_without_a_ledger_loses(run_kills):
    """Otherwise the test above would see nothing."""
    result = run_kills("send, then save", kills=15, faults=0.3, seed=1)
    assert result.lost or result.refused_falsely
