"""Three-way merge: the page's own state and the one saved in between."""

from __future__ import annotations

import pytest

from distui.builder.changes.merge import merge

TEMPLATES = "launchTemplateConfigurations"


def draft(**regions):
    distributions = [{"region": code} | more for code, more in regions.items()]
    return {"name": "golden", "distributions": distributions}


def region_codes(state):
    return [distribution["region"] for distribution in state["distributions"]]


def rows(*names):
    return {"distributions": [{"region": "a", TEMPLATES: [dict(name) for name in names]}]}


A, B, C = {"launchTemplateId": "a"}, {"launchTemplateId": "b"}, {"launchTemplateId": "c"}


def test_changes_in_different_places_are_both_retained():
    base = draft(a={}, b={})
    mine = draft(a={"s3ExportConfiguration": {}}, b={}) | {"name": "mine"}
    theirs = draft(a={}, b={"s3ExportConfiguration": {}}) | {"description": "theirs"}
    merged = merge(base, mine, theirs)
    assert merged.conflicts == []
    assert merged.state == {
        "name": "mine",
        "description": "theirs",
        "distributions": [
            {"region": "a", "s3ExportConfiguration": {}},
            {"region": "b", "s3ExportConfiguration": {}},
        ],
    }


@pytest.mark.parametrize(("prefer", "name"), [("mine", "b"), ("theirs", "c")])
def test_the_same_place_is_a_conflict(prefer, name):
    merged = merge({"name": "a"}, {"name": "b"}, {"name": "c"}, prefer=prefer)
    assert (merged.state, merged.conflicts) == ({"name": name}, ["/name"])


def test_both_may_add_the_same_structure():
    base, mine, theirs = draft(a={}), draft(a={"x": {"p": 1}}), draft(a={"x": {"q": 2}})
    merged = merge(base, mine, theirs)
    assert (merged.state, merged.conflicts) == (draft(a={"x": {"p": 1, "q": 2}}), [])


def test_removing_an_edited_region_is_a_conflict():
    merged = merge(draft(a={}, b={}), draft(b={}), draft(a={"x": 1}, b={}))
    assert merged.conflicts == ["/distributions/a"]


def test_regions_added_and_removed_on_both_sides():
    merged = merge(draft(a={}, b={}, c={}), draft(b={}, c={}, d={}), draft(a={}, b={}, e={}))
    assert region_codes(merged.state) == ["b", "d", "e"]


def test_a_renamed_region_keeps_its_place():
    merged = merge(draft(a={}, b={}), draft(c={}, b={}), draft(a={}, b={"x": 1}))
    assert region_codes(merged.state) == ["c", "b"]


def test_an_order_changed_by_one_side_is_retained():
    merged = merge(draft(a={}, b={}), draft(b={}, a={}), draft(a={}, b={"x": {}}))
    assert region_codes(merged.state) == ["b", "a"]


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ([A | {"x": 1}, B], [A | {"y": 2}, B], [A | {"x": 1, "y": 2}, B]),
        ([A, B | {"x": 1}], [A, B, C], [A, B | {"x": 1}, C]),
        ([A | {"x": 1}, B], [C, B], None),  # another row in its place
        ([A | {"x": 1}, B], [B], None),  # removed
        ([A, B, {}], [A, B, C], None),  # both added
    ],
)
def test_rows_are_merged_only_while_they_stay_in_place(mine, theirs, merged):
    found = merge(rows(A, B), rows(*mine), rows(*theirs))
    assert found.conflicts if merged is None else found.state == rows(*merged)
