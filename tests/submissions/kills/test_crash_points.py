"""A process is killed between any two steps; the next worker creates the submission once.

Each point is a real SIGKILL. ``make torture`` runs them with each engine on each database.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

import pytest
from django.db import connection

from distui.submissions.backup import back_up, restore
from distui.submissions.ledger.create import create_submission
from distui.submissions.ledger.reconcile.unrecorded import find_unrecorded
from distui.submissions.models import Attempt, Submission
from tests.factories import document, make_draft, make_target, unique_name
from tests.submissions.brokers import redis_server
from tests.submissions.kills.killing import Killing
from tests.submissions.kills.scripted_aws import ScriptedAws
from tests.submissions.kills.test_random_kills import KILLS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
    pytest.mark.process,
]

ALL = ["embedded", "celery"]
# In CI, each engine is killed on one database.
ENGINES = ALL[connection.vendor != "sqlite" :][:1] if KILLS <= 150 else ALL

LEDGER = "distui.submissions.ledger"
REFUSED = "400 InvalidParameterValueException"


@dataclass(frozen=True)
class Point:
    """A point at which workers are killed, one after another, and its results.

    ``deaths`` has a function for each worker, as the killer's ``die``, or "" if the worker is
    killed while AWS doesn't answer. ``after`` is the state on the disk after the first of them, and
    how many configurations AWS has then. ``sends`` is the number of sends in all, ``clock`` by how
    many seconds the clock of the last worker is wrong.
    """

    deaths: tuple[str, ...]
    after: tuple[str, int]
    sends: int
    script: tuple[str, ...] = ()
    forgetful: bool = False
    end: str = "created"
    clock: int = 0


CLAIM = f"{LEDGER}.leases:_claim:after"
SEND = f"{LEDGER}.engines.sender:send:before"
START = f"{LEDGER}.send:start_sending:after"
FINISH = f"{LEDGER}.send:finish_attempt:before"
COLUMNS = f"{LEDGER}.transitions:columns:before"
UPDATE = f"{LEDGER}.transitions:_update_draft:after"
DONE = f"{LEDGER}.send:finish_attempt:after"
RECOVER = f"{LEDGER}.recovery:_columns_after_loss:before"
LOOK_UP = f"{LEDGER}.send:look_up:before"
COMPARE = f"{LEDGER}.look_up:_compare:after"
LIST = "distui.aws.gateway:names:before"
HOUR = 3600
ACTED, NOT_ACTED = ("act, hang",), ("hang",)

POINTS = {
    "P2 in the claim": Point((CLAIM,), ("prepared", 0), sends=1),
    "P2 after the claim": Point((SEND,), ("sending", 0), sends=1),
    "P2 right before the wire": Point((START,), ("sending", 0), sends=1),
    "P3 AWS has not acted": Point(("",), ("sending", 0), 2, NOT_ACTED),
    "P4 AWS has acted": Point(("",), ("sending", 1), 2, ACTED),
    "P4b dropped before acting": Point((), ("", 0), 2, ("drop",)),
    "P4b dropped after acting": Point((), ("", 0), 2, ("act, drop",)),
    "P4c cut after acting": Point((), ("", 0), 2, ("act, cut",)),
    "P5 before it is recorded": Point((FINISH,), ("sending", 1), sends=2),
    "P6 in the transaction": Point((COLUMNS,), ("sending", 1), sends=2),
    "P6 before the commit": Point((UPDATE,), ("sending", 1), sends=2),
    "P7 after the commit": Point((DONE,), ("created", 1), sends=1),
    "R2 in the recovery": Point(("", RECOVER, RECOVER), ("sending", 1), 2, ACTED),
    "R5 again before it is recorded": Point(("", FINISH), ("sending", 1), 3, ACTED),
    "R6 again in the transaction": Point(("", COLUMNS), ("sending", 1), 3, ACTED),
    "X1 AWS forgot the token": Point(("",), ("sending", 1), 2, ACTED, forgetful=True),
    "X2 and before Get": Point(("", LOOK_UP), ("sending", 1), 3, ACTED, forgetful=True),
    "X2 and after Get": Point(("", COMPARE), ("sending", 1), 3, ACTED, forgetful=True),
    "X2 before List": Point(
        ("", LIST), ("sending", 0), 3, (*NOT_ACTED, REFUSED, REFUSED), end="rejected"
    ),
    # The token looks too old to be sent again: it is looked up.
    "the clock an hour ahead": Point(("",), ("sending", 1), 1, ACTED, clock=HOUR),
    "the clock an hour back": Point(("",), ("sending", 1), 2, ACTED, clock=-HOUR),
}


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path, settings) -> Iterator[str]:
    """Run the broker of an engine. Return the engine's name."""
    with redis_server(tmp_path) if request.param == "celery" else nullcontext():
        yield request.param


@pytest.fixture
def aws(settings) -> Iterator[ScriptedAws]:
    """Run an AWS account."""
    with ScriptedAws() as account:
        settings.DISTUI_SANDBOX_URL = account.url
        yield account
        account.answer.set()


@pytest.fixture
def start_killer(engine, aws, own_database, alice, tmp_path) -> Iterator[Callable[[], Killing]]:
    """Return a function that starts a killer of the engine's workers."""
    make_target()
    make_draft(alice)
    started: list[Killing] = []

    def start() -> Killing:
        started.append(Killing(aws, own_database, str(tmp_path), engine))
        return started[-1]

    yield start
    for killing in started:
        killing.stop()


def submit(user) -> Submission:
    """Queue a submission."""
    draft = make_draft(user, document(unique_name()))
    return create_submission(draft=draft, target=make_target(), user=user, token=draft.client_token)


def tokens_of(aws: ScriptedAws, submission: Submission) -> list[str]:
    """Return the tokens with which AWS has created its configuration."""
    return [token for arn, token in aws.created.items() if arn == submission.predicted_arn]


def die(killing: Killing, aws: ScriptedAws, at: str) -> None:
    """Let a worker die at a function, or while AWS doesn't answer."""
    if at:
        return killing.run("work", die=at)
    aws.hanging.clear()
    pid = killing.start("work")
    assert aws.hanging.wait(30)
    return killing.kill(pid)


def crash(killing: Killing, aws: ScriptedAws, user, point: Point) -> list[str]:
    """Submit and let workers die at the point. Return what is wrong afterwards."""
    aws.script, aws.forgetful = [*point.script], point.forgetful
    submission, sends, problems = submit(user), aws.sends, []
    for number, at in enumerate(point.deaths):
        die(killing, aws, at)
        submission.refresh_from_db()
        after = (submission.state, len(tokens_of(aws, submission)))
        if number == 0 and after != point.after:
            problems.append(f"after the first death {after}")
    killing.run("settle", clock=point.clock)
    submission.refresh_from_db()
    token = [submission.client_token] if point.end == "created" else []
    if (submission.state, tokens_of(aws, submission)) != (point.end, token):
        problems.append(f"{submission.state}: {submission.reason}")
    if aws.sends - sends != point.sends:
        attempts = Attempt.objects.filter(submission=submission).values_list("result", "message")
        problems.append(f"{aws.sends - sends} sends: {[*attempts]}")
    return problems


def test_every_point_of_a_worker(start_killer, aws, alice):
    killing, bad = start_killer(), {}
    for name, point in POINTS.items():
        if problems := crash(killing, aws, alice, point):
            bad[name] = problems
    assert bad == {}


CREATE = f"{LEDGER}.create"
OF_THE_REQUEST = {
    "P0 before the row": (f"{CREATE}:_insert:before", 0),
    "P0 in the transaction": (f"{CREATE}:new_token:before", 0),
    "P1 before it is announced": (f"{CREATE}:enqueue:before", 1),
    "P7 before the reply to the browser": (f"{CREATE}:enqueue:after", 1),
}


def test_every_point_of_a_request(start_killer, aws, alice):
    killing, bad = start_killer(), {}
    for name, (at, rows) in OF_THE_REQUEST.items():
        draft = make_draft(alice, document(unique_name()))
        token, sends = draft.client_token, aws.sends
        killing.run("submit", draft=draft.pk, die=at)
        found = Submission.objects.filter(client_token=token)
        stored = found.count()
        draft.refresh_from_db()
        again = partial(create_submission, draft=draft, target=make_target(), user=alice)
        submission = again(token=token)  # the person clicks again
        killing.run("settle")
        submission.refresh_from_db()
        end = (stored, found.count(), submission.state, aws.sends - sends)
        if end != (rows, 1, "created", 1) or tokens_of(aws, submission) != [token]:
            bad[name] = end
        assert again(token=token) == submission
    assert bad == {}


def test_a_worker_stopped_beyond_its_lease_doubles_nothing(start_killer, aws, alice):
    aws.script = ["act, hang"]
    submission, zombie = submit(alice), start_killer()
    pid = zombie.start("work", lease=1)
    assert aws.hanging.wait(30)
    os.kill(pid, signal.SIGSTOP)
    start_killer().run("settle")
    submission.refresh_from_db()
    settled_at = submission.settled_at
    assert (submission.state, aws.sends) == ("created", 2)
    aws.answer.set()  # first: the socket's timeout may pass while the worker is stopped
    os.kill(pid, signal.SIGCONT)
    accepted = submission.attempts.filter(result="accepted")
    deadline = time.monotonic() + 30
    while accepted.count() < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    zombie.kill(pid)
    submission.refresh_from_db()
    assert (submission.state, submission.settled_at) == ("created", settled_at)
    assert accepted.count() == 2
    assert tokens_of(aws, submission) == [submission.client_token]


def test_a_restored_backup_doubles_nothing(start_killer, aws, alice, tmp_path):
    submission, killing = submit(alice), start_killer()
    back_up(tmp_path / "copy")
    killing.run("work", die=FINISH)
    newer = submit(alice)
    killing.run("settle")
    for aws.forgetful, state in ((False, "created"), (True, "attention")):
        restore(tmp_path / "copy")
        killing.run("settle")
        submission.refresh_from_db()
        end = (submission.state, tokens_of(aws, submission))
        assert end == (state, [submission.client_token]), submission.reason
    assert newer.predicted_arn in [one.arn for one in find_unrecorded(make_target())]
