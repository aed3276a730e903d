from __future__ import annotations

from distui.core.caching import cached_by_text, clear_caches


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
