"""Real workers under SIGKILL, on the database of the test run, compared with what AWS has."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest

from distui.builder.models import Draft
from distui.submissions.ledger.create import create_submission
from distui.submissions.models import Submission, SubmissionState
from tests.factories import document, make_draft, make_target
from tests.sandbox_process import CREDENTIALS, ROOT
from tests.submissions.brokers import redis_server
from tests.submissions.kills.fake_aws import FakeAws

KILLS = int(os.environ.get("KILLS", "150"))
CELERY_KILLS = KILLS // 10  # its workers start slowly
BATCH = 8  # submissions queued at a time
# A worker, which sends eight at once, dies at a random moment after one of its first requests.
MOST_REQUESTS = 12
LONGEST_PAUSE = 0.03  # seconds
IDLE = {"celery": 10.0}  # seconds for the requests; else one

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300 + 2 * KILLS),
    pytest.mark.process,
]


@dataclass
class Result:
    """Differences between the ledger and AWS."""

    lost: set[str]
    invented: set[str]
    refused_falsely: set[str]
    unsettled: list[Submission]

    @property
    def names_in_doubt(self) -> list[str]:
        """Return the names of what is lost or refused falsely."""
        arns = self.lost | self.refused_falsely
        return [arn.rpartition("/")[2].replace("-", " ") for arn in arns]


class Killing:
    """A killer process, the submissions that its workers send, and their AWS account."""

    def __init__(self, aws: FakeAws, database_url: str, var: str, protocol: str) -> None:
        own = {
            "DATABASE_URL": database_url,
            "DISTUI_SANDBOX_URL": aws.url,
            "DISTUI_VAR": var,
            "DISTUI_BROKER_URL": f"redis+socket://{var}/redis.sock",
        }
        self.aws, self._idle = aws, IDLE.get(protocol, 1.0)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.submissions.kills.killer", protocol],
            cwd=ROOT,
            env=os.environ | own | CREDENTIALS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def kill_one(self, numbers: random.Random) -> None:
        """Let one worker work, and kill it at a random moment."""
        pid = int(self._tell("work"))
        last = self.aws.requests + numbers.randrange(MOST_REQUESTS)
        give_up_at = time.monotonic() + self._idle
        while self.aws.requests < last and time.monotonic() < give_up_at:
            time.sleep(0.001)
        time.sleep(numbers.uniform(0, LONGEST_PAUSE))
        os.kill(pid, signal.SIGKILL)
        assert self._read() == "gone\n"

    def settle(self) -> None:
        """Let one worker finish everything."""
        self._tell("settle")
        assert self._read() == "gone\n"

    def _tell(self, line: str) -> str:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()

    def stop(self) -> None:
        """End the killer."""
        self._process.communicate()

    def result(self) -> Result:
        """Compare the ledger with AWS."""
        created = Submission.objects.filter(state=SubmissionState.CREATED)
        history = dict(created.values_list("arn", "client_token"))
        rejected = Submission.objects.filter(state=SubmissionState.REJECTED)
        return Result(
            lost=set(self.aws.created) - set(history),
            invented=set(history.items()) - set(self.aws.created.items()),
            refused_falsely={one.predicted_arn for one in rejected} & set(self.aws.created),
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
            killing = Killing(aws, own_database, str(tmp_path), protocol)
            for _ in range(kills):
                if Submission.objects.open().count() < BATCH:
                    submit(alice, target)
                killing.kill_one(numbers)
            killing.settle()
            killing.stop()
            result = killing.result()
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


def test_nothing_is_lost_invented_or_refused_falsely(run_kills):
    check("embedded", run_kills, kills=KILLS)


@pytest.mark.skipif(KILLS <= 150, reason="takes three seconds a kill: make torture")
def test_celery_loses_nothing_either(run_kills, tmp_path):
    with redis_server(tmp_path):
        check("celery", run_kills, kills=CELERY_KILLS)


def check(engine: str, run_kills, kills: int) -> None:
    """Kill workers of the engine. Nothing may be lost, invented or refused falsely."""
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    result = run_kills(engine, kills=kills, faults=0.3, seed=seed)
    about = [f"seed {seed}", *map(describe, result.unsettled)]
    about += map(describe, Submission.objects.filter(name__in=result.names_in_doubt))
    assert result.lost == set(), about
    assert result.invented == set(), about
    assert result.refused_falsely == set(), about


def test_the_protocol_without_a_ledger_loses(run_kills):
    """Otherwise the test above would see nothing."""
    result = run_kills("send, then save", kills=min(KILLS, 30), faults=0.3, seed=1)
    assert result.lost or result.refused_falsely
