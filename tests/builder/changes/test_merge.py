"""Two pages of one draft: what the one changed is done to what the other saved."""

from __future__ import annotations

import copy

from hypothesis import given

from distui.builder.changes.diff import diff
from distui.builder.changes.merge import merge
from tests.strategies import documents


def draft(**regions):
    return {
        "name": "golden",
        "distributions": [{"region": r} | more for r, more in regions.items()],
    }


def regions(state):
    return [distribution["region"] for distribution in state["distributions"]]


@given(documents(), documents())
def test_where_only_one_changed_its_change_stands(base, other):
    before = copy.deepcopy(other)
    assert merge(base, other, base) == other
    assert merge(base, base, other) == other
    assert merge(base, other, other) == other
    assert other == before


@given(documents(), documents(), documents())
def test_any_three_states_have_a_merged_one(base, mine, theirs):
    diff(base, merge(base, mine, theirs))


def test_changes_in_different_places_both_stand():
    base = draft(a={}, b={})
    mine = draft(a={"s3ExportConfiguration": {}}, b={}) | {"name": "mine"}
    theirs = draft(a={}, b={"s3ExportConfiguration": {}}) | {"description": "theirs"}
    assert merge(base, mine, theirs) == {
        "name": "mine",
        "description": "theirs",
        "distributions": [
            {"region": "a", "s3ExportConfiguration": {}},
            {"region": "b", "s3ExportConfiguration": {}},
        ],
    }


def test_where_both_changed_one_value_mine_stands():
    assert merge({"name": "a"}, {"name": "b"}, {"name": "c"}) == {"name": "b"}


def test_regions_that_were_added_and_removed_on_both_sides():
    merged_state = merge(draft(a={}, b={}, c={}), draft(b={}, c={}, d={}), draft(a={}, b={}, e={}))
    assert regions(merged_state) == ["b", "e", "d"]


def test_an_order_that_only_i_changed_stands():
    assert regions(merge(draft(a={}, b={}), draft(b={}, a={}), draft(a={}, b={"x": {}}))) == [
        "b",
        "a",
    ]
