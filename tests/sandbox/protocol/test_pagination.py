"""Pages stay in place while items are created and deleted."""

from __future__ import annotations

import pytest

from distui.sandbox.protocol.pagination import paginate


def letter_page(text: str, token: str | None = None) -> tuple[str, str | None]:
    """Return a page of two letters."""
    page, next_token = paginate(text, lambda letter: (letter,), 2, token)
    return "".join(page), next_token


def test_the_last_page_has_no_token():
    first, token = letter_page("abcd")
    assert first == "ab"
    assert letter_page("abcd", token) == ("cd", None)
    assert letter_page("") == ("", None)


def test_changes_do_not_shift_the_next_page():
    _, token = letter_page("bcd")
    assert letter_page("abd", token) == ("d", None)


@pytest.mark.parametrize("token", ["", "é", "bm90", "WzFd", "bnVsbA=="])
def test_an_invalid_token_is_rejected(token):
    with pytest.raises(ValueError, match="not a pagination token"):
        letter_page("abc", token)
