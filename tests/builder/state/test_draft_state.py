"""A draft's state: rows of a map that no JSON object can hold are kept, and said."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from distui.builder.state.draft_state import (
    alike,
    document_of,
    findings_of,
    lines_of,
    map_of,
    rows_of,
    state_of,
    text_of,
)
from distui.core.document.printing import dumps, ordered
from distui.core.schema import shapes
from tests.strategies import documents


@given(documents())
def test_a_document_is_a_state_that_gives_itself(document):
    assert document_of(document) == document
    assert findings_of(document) == []


def test_rows_with_keys_of_their_own_are_an_object():
    assert map_of([("a", "1"), ("b", "")]) == {"a": "1", "b": ""}
    assert rows_of({"a": "1"}) == [("a", "1")]


def test_a_key_that_stands_twice_is_kept_and_is_a_finding():
    state = {"tags": map_of([("a", "1"), ("a", "2"), ("b", "3")])}
    assert json.loads(json.dumps(state)) == state
    assert document_of(state) == {"tags": {"a": "1", "b": "3"}}
    assert [finding.pointer for finding in findings_of(state)] == ["/tags/a"]


def test_blank_rows_are_kept_and_not_sent():
    state = {"tags": map_of([("", ""), ("", ""), ("b", "3")])}
    assert len(state["tags"]) == 3
    assert document_of(state) == {"tags": {"b": "3"}}
    assert findings_of(state) == []


def test_a_value_without_a_key_is_sent_to_the_rules():
    assert document_of({"tags": map_of([("", "v")])}) == {"tags": {"": "v"}}


def test_empty_optional_members_are_left_out_and_included_structures_stay():
    state = {
        "description": "",
        "tags": {},
        "distributions": [{"amiDistributionConfiguration": {}, "launchTemplateConfigurations": []}],
    }
    assert document_of(state) == {"distributions": [{"amiDistributionConfiguration": {}}]}


@given(documents())
def test_it_is_written_down_with_a_line_for_each_region(document):
    text = text_of(document)
    assert json.dumps(json.loads(text)) == json.dumps(state_of(text))
    assert json.loads(text) == document
    assert dumps(state_of(text)) == dumps(document)
    around, lines = lines_of(text)
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
@pytest.mark.parametrize("write", [text_of, json.dumps, dumps])
def test_it_is_read_however_it_is_written(write, state):
    assert state_of(write(state)) == state


def test_regions_that_are_written_alike_are_read_once():
    one, other = ({"name": name, "distributions": [{"region": "a"}]} for name in "ab")
    first, second = state_of(text_of(one)), state_of(text_of(other))
    assert first["distributions"][0] is second["distributions"][0]


def test_members_are_written_in_the_order_of_the_api():
    late = {"distributions": [{"amiDistributionConfiguration": {}, "region": "a"}], "name": "n"}
    assert [*state_of(text_of(late))] == ["name", "distributions"]
    assert [*state_of(text_of(late))["distributions"][0]] == [
        "region",
        "amiDistributionConfiguration",
    ]
    assert alike(state_of(text_of(late)), ordered(late, shapes.shape()))
    assert not alike(late, state_of(text_of(late)))


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
    assert not alike(one, other)
    assert not alike(other, one)
    assert alike(one, one)
