"""Fork workers that are killed: ``python -m tests.submissions.kills.killer PROTOCOL``.

For each line of standard input, an object with a ``task``, forks a process and prints its ID, then
prints ``gone`` when it has ended. ``work`` works until it is killed, ``settle`` until nothing is
left to do, and ``submit`` submits the ``draft`` to the only target. With ``die``, such as
``distui.aws.gateway:find:before``, it kills itself right before or after the first call of that
function; ``clock`` is by how many seconds its clock is wrong, ``lease`` how long leases last.
Forking is quick: this process has imported everything, and has no threads or open connections.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import django

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "distui.settings",
    "CELERY_SKIP_CHECKS": "1",  # Django's checks import all pages
}
django.setup()

from django.utils import timezone  # noqa: E402

from distui.aws import gateway, sessions  # noqa: E402
from distui.aws.results import Accepted, Rejected  # noqa: E402
from distui.builder.models import Draft  # noqa: E402
from distui.submissions.ledger import create, decisions, leases, recovery, retries  # noqa: E402
from distui.submissions.ledger.engines import celery, embedded  # noqa: E402
from distui.submissions.ledger.engines.embedded import Worker  # noqa: E402
from distui.submissions.models import Submission, SubmissionState  # noqa: E402
from distui.targets.models import Target  # noqa: E402

# The same ledger with a shorter breath.
decisions.ABSENCE_INTERVAL = timedelta(seconds=0.5)
retries.LONGEST_PAUSE = 0.1
recovery.MAX_ATTEMPTS = 10**6  # each kill hits up to eight submissions
embedded._IDLE_SECONDS = 0.02

# With these, a worker imports nothing when it starts.
CELERY_MODULES = [
    *("billiard.connection", "billiard.pool"),
    *("celery.app.control", "celery.app.events", "celery.app.log", "celery.apps.worker"),
    *("celery.concurrency.thread", "celery.events.dispatcher", "celery.worker.autoscale"),
    *("celery.worker.consumer.delayed_delivery", "celery.worker.components"),
    *("celery.worker.strategy", "celery.worker.consumer"),
]


def do(
    protocol: str, *, task: str, die: str = "", clock: int = 0, lease: float = 0, draft: int = 0
) -> None:
    """Do the task in this process."""
    if die:
        die_at(die)
    if clock:
        move_clock(timedelta(seconds=clock))
    if lease:
        leases.LEASE = timedelta(seconds=lease)
    if task == "submit":
        submit(draft)
    else:
        work(protocol, until_settled=task == "settle")


def die_at(point: str) -> None:
    """Kill this process right before or after the first call of a function."""
    module_name, name, moment = point.split(":")
    module = import_module(module_name)
    function: Callable[..., Any] = getattr(module, name)

    def call(*args: Any, **options: Any) -> None:
        if moment == "after":
            function(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, call)


def move_clock(difference: timedelta) -> None:
    """Let this process's clock be wrong by the difference."""
    now = timezone.now
    timezone.now = lambda: now() + difference


def submit(pk: int) -> None:
    """Submit the draft as its owner does."""
    draft = Draft.objects.get(pk=pk)
    target = Target.objects.get()
    create.create_submission(draft=draft, target=target, user=draft.owner, token=draft.client_token)


def work(protocol: str, *, until_settled: bool) -> None:
    """Work in this process until killed or, if asked, until everything is settled."""
    if until_settled:
        threading.Thread(target=die_when_settled).start()
    if protocol == "celery":
        celery.app.conf.beat_schedule["sweep"]["schedule"] = 0.3
        celery.work()
    elif protocol == "embedded":
        Worker().run()
    elif protocol == "send, then save":
        send_unprotected()
    else:
        raise ValueError(protocol)


def send_unprotected() -> None:
    """Work by the protocol that loses."""
    while True:
        send_then_save()
        time.sleep(0.01)


def die_when_settled() -> None:
    """Kill this process when no worker has anything left to do."""
    while Submission.objects.open().exclude(state=SubmissionState.ATTENTION).exists():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)


def send_then_save() -> None:
    """Send without a claim and save the answer afterwards: the protocol that loses."""
    submission = Submission.objects.due().first()
    if submission is None:
        return
    connection = submission.target.connection()
    match gateway.create(connection, submission.request.encode(), account=submission.account):
        case Accepted(arn=arn):
            changes = {"state": SubmissionState.CREATED, "arn": arn}
        case Rejected():
            changes = {"state": SubmissionState.REJECTED}
        case _:
            changes = {"state": SubmissionState.WAITING}
    Submission.objects.filter(pk=submission.pk).update(**changes)


def main(protocol: str) -> None:
    """Fork one worker for each line of standard input."""
    if protocol == "celery":
        import_celery()
    for service in (sessions.imagebuilder, sessions.sts):
        service(connection_of_target())
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Celery prints
            do(protocol, **json.loads(line))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


def import_celery() -> None:
    """Import what a worker of Celery imports when it starts."""
    for name in CELERY_MODULES:
        import_module(name)
    celery.app.finalize()
    celery.app.connection().transport  # noqa: B018 (it imports the broker's client)


def connection_of_target() -> object:
    """Return the target's connection, so that its clients are made before the first fork."""
    from django.db import connections

    connection = Target.objects.get().connection(Draft.objects.first().owner)
    connections.close_all()
    return connection


if __name__ == "__main__":
    main(sys.argv[1])
