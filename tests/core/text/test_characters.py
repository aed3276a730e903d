"""Messages show characters that are invisible."""

from __future__ import annotations

import pytest

from distui.core.text.characters import (
    describe_odd_character,
    name_control_character,
    quoted,
    strip_invisible,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("golden", ""),
        (" golden", "starts or ends with a space"),
        ("gol\u200bden", "contains U+200B (zero width space)"),
        ("golden\n", "contains U+000A (control character)"),
        ("gol\ud800den", "contains U+D800 (lone surrogate)"),
        ("gol\ue000den", "contains U+E000 (private use)"),
        ("g\u043elden", "contains “\u043e”, U+043E (cyrillic small letter o)"),
    ],
)
def test_it_describes_characters_that_no_id_contains(text: str, expected: str) -> None:
    assert describe_odd_character(text) == expected


def test_quoted_escapes_invisible_characters_and_shortens() -> None:
    assert quoted("a\u200bb 🚀") == "“a⟨U+200B⟩b 🚀”"
    assert quoted("x" * 256) == f"“{'x' * 256}”"
    assert quoted("x" * 257) == f"“{'x' * 128}…{'x' * 128}”"


def test_strip_invisible_keeps_inner_spaces() -> None:
    assert strip_invisible("\ufeff a b\u00a0\n") == "a b"


@pytest.mark.parametrize("code", [*range(10), *range(11, 32), *range(127, 160), 0x202E, 0x2066])
def test_it_names_control_characters(code: int) -> None:
    assert f"U+{code:04X}" in name_control_character(f"a{chr(code)}b")


def test_line_feeds_and_other_scripts_are_allowed() -> None:
    assert name_control_character("a\nb é 東京 🚀 זה \u200d") == ""
