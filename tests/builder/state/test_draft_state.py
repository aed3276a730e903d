"""A draft's state: rows of a map that no JSON object can hold are kept, and said."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from distui.builder.state.draft_state import (
    dump_state,
    duplicate_key_findings,
    load_state,
    map_rows,
    rows_to_map,
    same_text,
    split_lines,
    to_document,
)
from distui.core.document.printing import dumps, in_api_order
from distui.core.schema import shapes
from tests.strategies import documents


@given(documents())
def test_a_document_is_a_state_that_gives_itself(document):
    assert to_document(document) == document
    assert duplicate_key_findings(document) == []


def test_rows_with_keys_of_their_own_are_an_object():
    assert rows_to_map([("a", "1"), ("b", "")]) == {"a": "1", "b": ""}
    assert map_rows({"a": "1"}) == [("a", "1")]


def test_a_key_that_stands_twice_is_kept_and_is_a_finding():
    state = {"tags": rows_to_map([("a", "1"), ("a", "2"), ("b", "3")])}
    assert json.loads(json.dumps(state)) == state
    assert to_document(state) == {"tags": {"a": "1", "b": "3"}}
    assert [finding.pointer for finding in duplicate_key_findings(state)] == ["/tags/a"]


def test_blank_rows_are_kept_and_not_sent():
    state = {"tags": rows_to_map([("", ""), ("", ""), ("b", "3")])}
    assert len(state["tags"]) == 3
    assert to_document(state) == {"tags": {"b": "3"}}
    assert duplicate_key_findings(state) == []


def test_a_value_without_a_key_is_sent_to_the_rules():
    assert to_document({"tags": rows_to_map([("", "v")])}) == {"tags": {"": "v"}}


def test_empty_optional_members_are_left_out_and_included_structures_stay():
    state = {
        "description": "",
        "tags": {},
        "distributions": [{"amiDistributionConfiguration": {}, "launchTemplateConfigurations": []}],
    }
    assert to_document(state) == {"distributions": [{"amiDistributionConfiguration": {}}]}


@given(documents())
def test_it_is_written_down_with_a_line_for_each_region(document):
    text = dump_state(document)
    assert json.dumps(json.loads(text)) == json.dumps(load_state(text))
    assert json.loads(text) == document
    assert dumps(load_state(text)) == dumps(document)
    around, lines = split_lines(text)
    assert [json.loads(line) for line in lines] == document.get("distributions", [])
    assert text.count("\n") == (len(lines) + 1 if lines else 0)
    assert "distributions" not in around or around["distributions"] == []


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
def test_it_is_read_however_it_is_written(write, state):
    assert load_state(write(state)) == state


def test_regions_that_are_written_alike_are_read_once():
    one, other = ({"name": name, "distributions": [{"region": "a"}]} for name in "ab")
    first, second = load_state(dump_state(one)), load_state(dump_state(other))
    assert first["distributions"][0] is second["distributions"][0]


def test_members_are_written_in_the_order_of_the_api():
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
def test_what_differs_is_not_alike(one, other):
    assert not same_text(one, other)
    assert not same_text(other, one)
    assert same_text(one, one)
