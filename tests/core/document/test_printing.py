"""Printing of the request body in the API's order."""

from __future__ import annotations

import json

from distui.core.document.printing import distribution_text, dumps, in_api_order
from distui.core.schema import shapes
from tests.core.rules.mistakes import EVERYTHING


def test_members_are_sorted_as_in_the_api() -> None:
    backwards = json.loads(json.dumps(EVERYTHING), object_pairs_hook=lambda p: dict(reversed(p)))
    assert list(backwards) != list(EVERYTHING)
    reversed_members = backwards | {"tags": EVERYTHING["tags"]}
    assert [*in_api_order(reversed_members, shapes.shape())] == [
        "name",
        "description",
        "distributions",
        "tags",
    ]
    assert [*in_api_order(reversed_members, shapes.shape())["distributions"][0]] == [
        *EVERYTHING["distributions"][0]
    ]


def test_unknown_members_follow_and_tags_keep_order() -> None:
    document = {"later": 1, "tags": {"b": "", "a": ""}, "name": "abc"}
    assert list(in_api_order(document, shapes.shape())) == ["name", "tags", "later"]
    assert list(in_api_order(document, shapes.shape())["tags"]) == ["b", "a"]


def test_a_distribution_is_printed_as_in_the_body() -> None:
    body, items = dumps(EVERYTHING), EVERYTHING["distributions"]
    for item in items:
        text = distribution_text(item, is_last=item is items[-1])
        assert text in body
        assert json.loads(text.rstrip("\n,")) == item


def test_it_prints_empty_documents() -> None:
    assert dumps({}) == "{}"
    assert dumps({"distributions": []}) == json.dumps({"distributions": []}, indent=2)
