"""The database stops, or its disk is full, while AWS creates something: it is recorded later."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection, connections

from distui.submissions.models import Submission
from tests.sandbox_process import ROOT
from tests.submissions.kills.storage import PostgresqlServer, fill, small_disk
from tests.submissions.kills.test_crash_points import (  # noqa: F401 (fixtures)
    aws,
    engine,
    start_killer,
    submit,
    tokens_of,
)
from tests.submissions.kills.test_random_kills import KILLS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
    pytest.mark.process,
    pytest.mark.skipif(KILLS <= 150, reason="needs databases of its own: make torture"),
]

FAULTS = ["full disk"] if connection.vendor == "sqlite" else ["full disk", "stopped server"]
MEGABYTES = {"sqlite": 8, "postgresql": 160}


class Storage:
    """The place of the database, and how it fails."""

    def __init__(self, disk: Path, fault: str) -> None:
        self.disk, self._fault = disk, fault
        is_server = connection.vendor == "postgresql"
        self.server = PostgresqlServer(disk) if is_server else None

    def fail(self) -> None:
        """Let it fail."""
        if self._fault == "full disk":
            fill(self.disk)
        else:
            self.server.stop()

    def repair(self) -> None:
        """Let it work again."""
        (self.disk / "filler").unlink(missing_ok=True)
        if self.server:
            self.server.stop()
            self.server.start()
            connection.close()


@pytest.fixture(params=FAULTS)
def storage(request, tmp_path) -> Iterator[Storage]:
    """Return the place of the database."""
    with ExitStack() as stack:
        if request.param == "full disk":
            if os.getuid() != 0:
                pytest.skip("Only root can mount a file system.")
            disk = stack.enter_context(
                small_disk(Path(f"/tmp/distui-disk-{os.getpid()}"), MEGABYTES[connection.vendor])
            )
        else:
            disk = Path("/tmp")
        made = Storage(disk, request.param)
        if made.server:
            stack.callback(made.server.end)
        yield made


@pytest.fixture
def database_folder(storage) -> Path:
    """Return the folder of the SQLite file."""
    return storage.disk


@pytest.fixture
def server_of_its_own(transactional_db, storage) -> Iterator[None]:
    """Use the storage's PostgreSQL server, if it has one."""
    if storage.server is None:
        yield
        return
    env = os.environ | {"DATABASE_URL": storage.server.url}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    shared = connections["default"]
    settings, before = shared.settings_dict, {**shared.settings_dict}
    server = storage.server
    settings.update({"HOST": server.host, "NAME": "postgres", "USER": server.user})
    del connections["default"]
    yield
    connections["default"].close()
    connections["default"] = shared
    settings.update(before)


@pytest.fixture
def own_database(server_of_its_own, own_database) -> str:
    """Return the DATABASE_URL of the database in the storage."""
    return own_database


@pytest.fixture
def sending(start_killer, aws, own_database, alice):  # noqa: F811
    """Return a killer, a worker that waits for AWS's answer, and its submission."""
    aws.script = ["act, hang"]
    submission, killing = submit(alice), start_killer()
    pid = killing.start("work")
    assert aws.hanging.wait(30)
    return killing, pid, submission


def test_the_answer_is_recorded_when_it_is_back(sending, storage, aws):  # noqa: F811
    killing, pid, submission = sending
    storage.fail()
    aws.answer.set()
    time.sleep(3)
    storage.repair()
    deadline = time.monotonic() + 60
    while Submission.objects.get(pk=submission.pk).state != "created":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    killing.kill(pid)
    assert (aws.sends, tokens_of(aws, submission)) == (1, [submission.client_token])


def test_a_kill_during_the_fault_loses_nothing(sending, storage, aws):  # noqa: F811
    killing, pid, submission = sending
    storage.fail()
    aws.answer.set()
    time.sleep(1)
    killing.kill(pid)
    storage.repair()
    killing.run("settle")
    submission.refresh_from_db()
    assert (submission.state, aws.sends) == ("created", 2)
    assert tokens_of(aws, submission) == [submission.client_token]
