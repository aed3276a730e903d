"""Child processes are restarted, or stop everything."""

from __future__ import annotations

import os
import signal
import time

import pytest

from distui.deployment import supervisor
from distui.deployment.supervisor import StartupError, Supervisor

SLEEP = ("-c", "import time; time.sleep(60)")


@pytest.fixture
def children():
    """Return a supervisor whose child processes end with the test."""
    children = Supervisor()
    yield children
    children.stop()


def pid_of(children, name):
    """Return the process ID of a child process."""
    return children._children[name].process.pid


def wait_until(children, condition):
    """Check the children until the condition is true."""
    deadline = time.monotonic() + 30
    while not condition():
        children.check()
        time.sleep(0.02)
        assert time.monotonic() < deadline


def test_a_killed_child_is_restarted(children, caplog):
    children.start("worker", *SLEEP, restart=True)
    first = pid_of(children, "worker")
    os.kill(first, signal.SIGKILL)
    wait_until(children, lambda: pid_of(children, "worker") != first)
    assert caplog.messages == ["The worker was ended by signal 9. It is started again in 1 s."]
    os.kill(pid_of(children, "worker"), 0)


def test_the_pause_grows_up_to_its_limit(children, caplog, monkeypatch):
    monkeypatch.setattr(supervisor, "_MAX_PAUSE_SECONDS", 0.02)
    children.start("worker", "-c", "raise SystemExit(3)", restart=True)
    wait_until(children, lambda: len(caplog.messages) >= 3)
    message = "The worker ended with exit code 3. It is started again in 0.02 s."
    assert set(caplog.messages) == {message}


def test_another_child_stops_everything(children):
    children.start("sandbox", "-c", "raise SystemExit(2)")
    with pytest.raises(StartupError, match=r"The sandbox ended with exit code 2\. Stopping\."):
        wait_until(children, lambda: False)


def test_it_stops_all_children(children):
    children.start("a", *SLEEP)
    children.start("b", *SLEEP, restart=True)
    children.stop()
    for name in ("a", "b"):
        with pytest.raises(ProcessLookupError):
            os.kill(pid_of(children, name), 0)
