"""A target that hangs takes no slot from the others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from distui.submissions.ledger.engines import running_sends
from distui.submissions.ledger.engines.running_sends import SLOW_SECONDS, RunningSends


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that only the test moves."""
    made = SimpleNamespace(now=0.0)
    monkeypatch.setattr(running_sends.time, "monotonic", lambda: made.now)
    return made


def take(made: RunningSends, target: int, *, times: int = 1) -> list[SimpleNamespace]:
    """Take slots for sends to the target."""
    attempts = [
        SimpleNamespace(worker=object(), submission=SimpleNamespace(target_id=target))
        for _ in range(times)
    ]
    for attempt in attempts:
        made.take(attempt)
    return attempts


def test_targets_without_a_send_come_first(clock):
    made = RunningSends(8)
    take(made, 1)
    assert list(made.full_targets()) == [{1}, set()]


def test_one_target_can_take_all_slots(clock):
    made = RunningSends(8)
    attempts = take(made, 1, times=7)
    assert list(made.full_targets()) == [{1}, set()]
    attempts += take(made, 1)
    assert list(made.full_targets()) == []
    assert not made.give_back(attempts.pop())
    assert list(made.full_targets()) == [{1}, set()]


def test_a_target_that_hangs_gives_its_places_away(clock):
    made = RunningSends(8)
    attempts = take(made, 1, times=8)
    clock.now = SLOW_SECONDS
    assert list(made.full_targets()) == [{1}, {1}]
    assert made.give_back(attempts[0])


def test_many_targets_that_hang_leave_places_for_others(clock):
    made = RunningSends(8)
    for target in range(3):
        take(made, target, times=8)
        clock.now += 2 * SLOW_SECONDS
    assert list(made.full_targets()) == [{0, 1, 2}]
    for target in range(3, 11):
        take(made, target)
    clock.now += 2 * SLOW_SECONDS
    assert made.most == 32
    assert list(made.full_targets()) == []


def test_a_target_gets_no_more_than_its_rate(clock):
    made = RunningSends(8, rate=2)
    attempts = take(made, 1, times=2)
    for attempt in attempts:
        made.give_back(attempt)
    assert list(made.full_targets()) == [{1}, {1}]
    clock.now = 1.0
    assert list(made.full_targets()) == [set(), set()]
