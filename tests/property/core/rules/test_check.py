"""Checking any document, and any JSON."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from distui.core import check
from distui.core.caching import clear_caches
from distui.core.schema import shapes
from tests.core.rules.mistakes import EVERYTHING
from tests.strategies import any_json, documents, examples, valid_documents


@given(any_json)
def test_it_accepts_any_json(value: Any) -> None:
    check(value)
    check({"name": value, "distributions": [value, {"region": value}], "tags": value})


@given(st.data())
def test_it_accepts_any_value_at_any_place(data: Any) -> None:
    document = copy.deepcopy(EVERYTHING)
    node: Any = document
    while node := data.draw(st.sampled_from([v for v in _inner(node) if _inner(v)] or [None])):
        parent = node
        key = data.draw(st.sampled_from(list(parent) if isinstance(parent, dict) else [0]))
        if data.draw(st.booleans()):
            parent[key] = data.draw(any_json)
            break
    check(document)


def _inner(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


@given(documents())
def test_every_pointer_is_in_the_document(document: Any) -> None:
    for found in check(document):
        assert found.pointer == "" or found.pointer.startswith("/")
        top = found.pointer.split("/")[1:2]
        assert top == [] or top[0] in shapes.shape().members


@given(valid_documents())
@examples(0.5)
def test_cached_findings_equal_new_ones(document: Any) -> None:
    first = check(document)
    again = check(document)
    clear_caches()
    assert first == again == check(copy.deepcopy(document))
