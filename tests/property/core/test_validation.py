"""jsonschema-rs decides as jsonschema does: findings are the same with and without it."""

from __future__ import annotations

import copy
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distui.core.pointers import pointer, value_at
from distui.core.schema import full_validation, shapes, validation
from tests.core.rules.mistakes import EVERYTHING, MISTAKES, planted
from tests.strategies import any_json, documents

_odd_endings = st.sampled_from(["", "\n", "\r\n", " ", "\u00a0", "\u0663", "\u00e9", "\x1c", "$"])


def findings(value: Any, rules: shapes.Rules, shape: str = shapes.REQUEST) -> list[Any]:
    return list(validation.violations(value, shape, rules))


def jsonschema_findings(value: Any, rules: shapes.Rules, shape: str = shapes.REQUEST) -> list[Any]:
    def undecided(*args: Any) -> Any:
        return lambda value: False

    with (
        mock.patch.object(validation, "_fast_verdict", undecided),
        mock.patch.object(full_validation, "_item_verdict", undecided),
    ):
        return findings(value, rules, shape)


def leaf_pointers(value: Any, path: tuple[Any, ...] = ()) -> list[str]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, item in inner:
        found.append(pointer((*path, key)))
        if isinstance(item, dict | list):
            found += leaf_pointers(item, (*path, key))
    return found


@st.composite
def changed_documents(draw: st.DrawFn) -> Any:
    """Draw the document that has every member, with one value replaced or extended."""
    changed = copy.deepcopy(EVERYTHING)
    parent, _, name = draw(st.sampled_from(leaf_pointers(changed))).rpartition("/")
    holder = value_at(changed, parent)
    key: Any = int(name) if isinstance(holder, list) else name.replace("~1", "/")
    old = holder[key]
    replacements = any_json
    if isinstance(old, str):
        replacements = st.one_of(_odd_endings.map(lambda end: old + end), any_json)
    if isinstance(old, int):
        replacements = st.one_of(st.just(float(old)), st.booleans(), st.integers(), any_json)
    holder[key] = draw(replacements)
    return changed


@pytest.mark.parametrize("rules", ["current", "reference", "sdk"])
@given(value=st.one_of(documents(), changed_documents(), any_json))
def test_findings_are_those_of_jsonschema(rules: shapes.Rules, value: Any) -> None:
    assert findings(value, rules) == jsonschema_findings(value, rules)


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row[0])
def test_findings_of_a_planted_mistake_are_those_of_jsonschema(row: Any) -> None:
    value = planted(row)
    assert findings(value, "reference") == jsonschema_findings(value, "reference")


PATTERNS = sorted(
    {
        (name, constraint.value)
        for name in shapes.schema()["$defs"]
        for constraint in shapes.shape(name).constraints
        if constraint.keyword == "pattern"
    }
)


@pytest.mark.parametrize(("shape", "pattern"), PATTERNS, ids=lambda part: part[:40])
@given(data=st.data())
def test_texts_near_a_pattern_are_judged_alike(shape: str, pattern: str, data: Any) -> None:
    matching = st.from_regex(pattern) | st.text(max_size=20)
    text = data.draw(matching) + data.draw(_odd_endings)
    assert findings(text, "reference", shape) == jsonschema_findings(text, "reference", shape)


def test_half_a_surrogate_pair_is_left_to_jsonschema() -> None:
    value = EVERYTHING | {"description": "\ud83d"}
    assert findings(value, "reference") == jsonschema_findings(value, "reference")
