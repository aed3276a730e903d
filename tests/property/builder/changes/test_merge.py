"""Merges of any three states."""

from __future__ import annotations

import copy

from hypothesis import given

from distui.builder.changes.merge import merge
from tests.strategies import documents


@given(documents(), documents())
def test_the_only_change_is_retained(base, other):
    before = copy.deepcopy(other)
    assert merge(base, other, base).state == other
    assert merge(base, base, other).state == other
    assert merge(base, other, other).state == other
    assert not merge(base, other, other).conflicts
    assert other == before


@given(documents(), documents(), documents())
def test_the_preferred_side_decides_conflicts_alone(base, mine, theirs):
    kept = merge(base, mine, theirs, prefer="mine")
    used = merge(base, mine, theirs, prefer="theirs")
    assert kept.conflicts == used.conflicts
    if not kept.conflicts:
        assert kept.state == used.state


@given(documents(), documents(), documents())
def test_the_sides_are_symmetric(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert bool(one.conflicts) == bool(other.conflicts)
