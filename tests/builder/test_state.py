"""A draft's state: rows of a map that no JSON object can hold are kept, and said."""

from __future__ import annotations

import json

from hypothesis import given

from distui.builder.state import document_of, findings_of, map_of, rows_of
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
