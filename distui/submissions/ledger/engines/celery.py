"""The Celery engine: a message has the ID of a due submission, and the table is the truth.

A message that is lost, late or doubled changes nothing: the sweep finds each due submission without
a message, and one that is no longer due is not claimed. ``manage.py work`` runs a worker with its
own schedule; ``celery -A distui.submissions.ledger.engines.celery`` works as well.
"""

from __future__ import annotations

import sys
import threading
import time
import warnings
from typing import Any

from celery import Celery, signals
from celery.beat import EmbeddedService
from celery.platforms import SecurityWarning
from django.conf import settings
from django.db import close_old_connections
from kombu.entity import Exchange, Queue

from distui.submissions.ledger.engines.chores import Chores, log_error
from distui.submissions.ledger.engines.sender import Sender
from distui.submissions.models import Submission

SWEEP_SECONDS = 5.0
_SWEPT = 100  # who sends continues with what is due, so that a few messages are enough
_WAIT_SECONDS = 1.0  # for a slot
_PAUSE_SECONDS = 0.1
_ERROR_SECONDS = 2.0
_SCHEDULER = "celery.beat:Scheduler"  # without a file

_sender = Sender()
_stopping = threading.Event()

app = Celery("distui", broker=settings.DISTUI_BROKER_URL)
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    # Without an exchange of its own, each queue would get the messages of both.
    task_queues=[
        Queue(name, Exchange(name), routing_key=name)  # type: ignore[no-untyped-call]
        for name in ("submit", "survey")
    ],
    task_default_queue="submit",
    task_routes={"survey.*": {"queue": "survey"}},  # for reading many accounts
    worker_pool="threads",
    worker_concurrency=_sender.threads,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_enable_remote_control=False,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=2,
    broker_transport_options={
        "visibility_timeout": 300,  # longer than a send whose result the database doesn't take
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "queue_name_prefix": "distui-" if settings.DISTUI_BROKER_URL.startswith("sqs") else "",
        "is_secure": "@localhost:" not in settings.DISTUI_BROKER_URL,
    },
    beat_scheduler=_SCHEDULER,
    beat_schedule={"sweep": {"task": "sweep", "schedule": SWEEP_SECONDS}},
)


def enqueue(submission_id: int) -> None:
    """Send a message. Raises the broker's errors, without trying again."""
    submit.apply_async((submission_id,), retry=False)


@app.task(name="sweep", expires=SWEEP_SECONDS)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Send a message for each due submission, as far as they are needed."""
    for pk in Submission.objects.due().values_list("pk", flat=True)[:_SWEPT]:
        enqueue(pk)


@app.task(name="submit")  # type: ignore[untyped-decorator]
def submit(submission_id: int) -> None:
    """Send the submission, if it is due, then others whose messages found no slot."""
    among = Submission.objects.due().filter(pk=submission_id)
    target = among.values_list("target", flat=True).first()
    give_up_at = time.monotonic() + _WAIT_SECONDS
    attempt = None
    while target and not attempt and not _sender.is_full(target) and time.monotonic() < give_up_at:
        attempt = _sender.claim(among)
        if not attempt:
            time.sleep(_PAUSE_SECONDS)
    while attempt:
        _sender.send(attempt)
        attempt = None if _stopping.is_set() else _sender.claim(Submission.objects.due())


def work() -> None:
    """Run a worker until SIGTERM or SIGINT; the current sends are finished first."""
    chores = Chores(_sender)
    threading.Thread(target=_do_chores, args=(chores,), daemon=True).start()
    EmbeddedService(app, thread=True, scheduler_cls=_SCHEDULER).start()
    # It warns of root, which only matters for pickled messages.
    warnings.simplefilter("ignore", SecurityWarning)
    worker = app.Worker(quiet=True, without_gossip=True, without_mingle=True)
    worker.start()
    chores.stop()
    sys.exit(worker.exitcode)


@signals.worker_ready.connect  # type: ignore[untyped-decorator]
def _sweep_now(**_: Any) -> None:
    sweep()


@signals.worker_shutting_down.connect  # type: ignore[untyped-decorator]
def _stop(**_: Any) -> None:
    _stopping.set()


def _do_chores(chores: Chores) -> None:
    while not _stopping.is_set():
        try:
            chores.do_due()
        except Exception as error:  # noqa: BLE001 (logged)
            log_error(error)
            close_old_connections()
        _stopping.wait(_ERROR_SECONDS)
