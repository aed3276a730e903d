"""Pages hold their place while others create and delete."""

from __future__ import annotations

import pytest

from distui.sandbox.pages import page


def letters(text: str, token: str | None = None) -> tuple[str, str | None]:
    """A page of two letters."""
    shown, next_token = page(text, lambda letter: (letter,), 2, token)
    return "".join(shown), next_token


def test_the_last_page_has_no_token():
    first, token = letters("abcd")
    assert first == "ab"
    assert letters("abcd", token) == ("cd", None)
    assert letters("") == ("", None)


def test_what_comes_and_goes_does_not_shift_the_next_page():
    _, token = letters("bcd")
    assert letters("abd", token) == ("d", None)


@pytest.mark.parametrize("token", ["", "é", "bm90", "WzFd", "bnVsbA=="])
def test_a_token_made_up_is_refused(token):
    with pytest.raises(ValueError, match="not a token of a page"):
        letters("abc", token)
