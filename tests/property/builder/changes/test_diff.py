"""Differences between any two states."""

from __future__ import annotations

import copy

from hypothesis import given

from distui.builder.changes.diff import diff
from tests.strategies import documents


@given(documents())
def test_a_state_does_not_differ_from_itself(document):
    assert diff(document, copy.deepcopy(document)) == []


@given(documents(), documents())
def test_two_states_that_are_not_equal_differ(before, after):
    assert bool(diff(before, after)) == (before != after)
