"""A draft's state: rows that fit no JSON object are retained and reported."""

from __future__ import annotations

import json

import pytest

from distui.builder.state.draft_state import (
    dump_state,
    duplicate_key_findings,
    load_state,
    map_rows,
    rows_to_map,
    same_text,
    to_document,
)
from distui.core.document.printing import dumps, in_api_order
from distui.core.schema import shapes


def test_rows_with_unique_keys_become_an_object():
    assert rows_to_map([("a", "1"), ("b", "")]) == {"a": "1", "b": ""}
    assert map_rows({"a": "1"}) == [("a", "1")]


def test_a_duplicate_key_is_retained_and_reported():
    state = {"tags": rows_to_map([("a", "1"), ("a", "2"), ("b", "3")])}
    assert json.loads(json.dumps(state)) == state
    assert to_document(state) == {"tags": {"a": "1", "b": "3"}}
    assert [finding.pointer for finding in duplicate_key_findings(state)] == ["/tags/a"]


def test_blank_rows_are_retained_but_not_sent():
    state = {"tags": rows_to_map([("", ""), ("", ""), ("b", "3")])}
    assert len(state["tags"]) == 3
    assert to_document(state) == {"tags": {"b": "3"}}
    assert duplicate_key_findings(state) == []


def test_a_value_without_key_reaches_the_rules():
    assert to_document({"tags": rows_to_map([("", "v")])}) == {"tags": {"": "v"}}


def test_empty_members_are_omitted_but_not_structures():
    state = {
        "description": "",
        "tags": {},
        "distributions": [{"amiDistributionConfiguration": {}, "launchTemplateConfigurations": []}],
    }
    assert to_document(state) == {"distributions": [{"amiDistributionConfiguration": {}}]}


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"distributions": []},
        {"name": "n"},
        {"name": "n", "distributions": []},
        {"distributions": [{}]},
        {
            "distributions": [{}, {"region": "a\n]}"}],
            "tags": [["", ""], ["k", '"distributions": [']],
        },
    ],
)
@pytest.mark.parametrize("write", [dump_state, json.dumps, dumps])
def test_any_json_layout_can_be_loaded(write, state):
    assert load_state(write(state)) == state


def test_equal_regions_are_parsed_once():
    one, other = ({"name": name, "distributions": [{"region": "a"}]} for name in "ab")
    first, second = load_state(dump_state(one)), load_state(dump_state(other))
    assert first["distributions"][0] is second["distributions"][0]


def test_members_are_stored_in_api_order():
    late = {"distributions": [{"amiDistributionConfiguration": {}, "region": "a"}], "name": "n"}
    assert [*load_state(dump_state(late))] == ["name", "distributions"]
    assert [*load_state(dump_state(late))["distributions"][0]] == [
        "region",
        "amiDistributionConfiguration",
    ]
    assert same_text(load_state(dump_state(late)), in_api_order(late, shapes.shape()))
    assert not same_text(late, load_state(dump_state(late)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"distributions": []}),
        ({"distributions": [{}]}, {"distributions": []}),
        ({"distributions": [{"region": "a"}]}, {"distributions": [{"region": "b"}]}),
        ({"name": "a"}, {"name": "b"}),
    ],
)
def test_same_text_detects_differences(one, other):
    assert not same_text(one, other)
    assert not same_text(other, one)
    assert same_text(one, one)
