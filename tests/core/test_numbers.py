"""Numbers in plain digits, and nothing else that ``int`` accepts."""

from __future__ import annotations

import pytest

from distui.core.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("17", 17), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_it_parses_plain_digits(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    [None, "", " 1", "1 ", "+1", "-1", "1_0", "1.0", "1e3", "0x1", "²", "١", "9" * 19, "9" * 5000],
)
def test_anything_else_is_none(text):
    assert parse_number(text) is None


def test_the_number_of_digits_can_be_limited():
    assert (parse_number("12345", 5), parse_number("123456", 5)) == (12345, None)
