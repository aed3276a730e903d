from __future__ import annotations

from distui.core.caching import cached_by_text, clear_caches


def asked_for(longest: int = 3):
    asked = []

    @cached_by_text(answers=2, longest=longest)
    def shout(text: str, mark: str = "!") -> list[str]:
        asked.append(text)
        return [text.upper() + mark]

    return shout, asked


def test_an_answer_is_given_again_for_the_same_text_and_options():
    shout, asked = asked_for()
    assert shout("a") is shout("a")
    assert shout("a", "?") == ["A?"]
    assert asked == ["a", "a"]


def test_the_oldest_answers_go():
    shout, asked = asked_for()
    for text in ("a", "b", "c", "a"):
        shout(text)
    assert asked == ["a", "b", "c", "a"]


def test_long_texts_are_answered_anew():
    shout, asked = asked_for()
    assert shout("long") == shout("long") == ["LONG!"]
    assert asked == ["long", "long"]


def test_all_is_forgotten_at_once():
    shout, asked = asked_for()
    shout("a")
    clear_caches()
    shout("a")
    assert asked == ["a", "a"]
