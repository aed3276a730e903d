from __future__ import annotations

import copy
import json

import pytest

from distui.core.caching import ParsedDict, cached_by_text, clear_caches, freeze, json_text


def recorded_function(max_length: int = 3):
    """Return a cached function and the list of the texts that it was computed for."""
    calls = []

    @cached_by_text(maxsize=2, max_length=max_length)
    def shout(text: str, mark: str = "!") -> list[str]:
        calls.append(text)
        return [text.upper() + mark]

    return shout, calls


def test_the_same_text_and_options_are_computed_once():
    shout, calls = recorded_function()
    assert shout("a") is shout("a")
    assert shout("a", "?") == ["A?"]
    assert calls == ["a", "a"]


def test_the_oldest_results_are_evicted():
    shout, calls = recorded_function()
    for text in ("a", "b", "c", "a"):
        shout(text)
    assert calls == ["a", "b", "c", "a"]


def test_long_texts_are_not_cached():
    shout, calls = recorded_function()
    assert shout("long") == shout("long") == ["LONG!"]
    assert calls == ["long", "long"]


def test_clear_caches_empties_all_caches():
    shout, calls = recorded_function()
    shout("a")
    clear_caches()
    shout("a")
    assert calls == ["a", "a"]


VALUE = {"a": [{"b": 1}], "c": {}}


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(a=1),
        lambda value: value.pop("a"),
        lambda value: value["a"].append(1),
        lambda value: value["a"][0].setdefault("c", 1),
        lambda value: value["c"].__setitem__("d", 1),
        lambda value: value["a"].__iadd__([1]),
    ],
)
def test_a_frozen_value_cannot_be_changed(change) -> None:
    frozen = freeze(VALUE)
    with pytest.raises(TypeError):
        change(frozen)
    assert frozen == VALUE


def test_copies_of_a_frozen_value_can_be_changed() -> None:
    frozen = ParsedDict.parse(json.dumps(VALUE))
    copied = copy.deepcopy(frozen)
    copied["a"][0]["b"] = 2
    shallow = copy.copy(frozen) | {"c": 1}
    assert (frozen, shallow["c"]) == (VALUE, 1)
    assert json_text(frozen) == json_text(VALUE) == json.dumps(frozen)


def test_a_cache_is_bounded_in_characters():
    calls = []

    @cached_by_text(maxsize=100, max_length=10, max_total=30)
    def shout(text: str) -> str:
        calls.append(text)
        return text.upper()

    for text in ("a" * 10, "b" * 5, "a" * 10, "c", "d" * 10, "a" * 10):
        assert shout(text) == text.upper()
    assert calls == ["a" * 10, "b" * 5, "c", "d" * 10, "a" * 10]


def test_a_large_cache_needs_a_bound():
    with pytest.raises(ValueError, match="max_total"):
        cached_by_text(maxsize=1024, max_length=32_000)
