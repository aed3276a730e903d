"""Characters that nobody sees are seen in messages."""

from __future__ import annotations

import pytest

from distui.core.text.characters import (
    describe_odd_character,
    name_control_character,
    quoted,
    strip_invisible,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("golden", ""),
        (" golden", "has a space around it"),
        ("gol\u200bden", "holds U+200B (zero width space)"),
        ("golden\n", "holds U+000A (no printable character)"),
        ("g\u043elden", "holds “\u043e”, U+043E (cyrillic small letter o)"),
    ],
)
def test_what_no_id_has_is_named(text: str, said: str) -> None:
    assert describe_odd_character(text) == said


def test_hidden_characters_show_between_quotation_marks() -> None:
    assert quoted("a\u200bb 🚀") == "“a⟨U+200B⟩b 🚀”"
    assert quoted("x" * 61) == f"“{'x' * 60}…”"


def test_a_plain_text_loses_only_what_nobody_sees() -> None:
    assert strip_invisible("\ufeff a b\u00a0\n") == "a b"


@pytest.mark.parametrize("code", [*range(10), *range(11, 32), *range(127, 160), 0x202E, 0x2066])
def test_control_characters_are_found(code: int) -> None:
    assert f"U+{code:04X}" in name_control_character(f"a{chr(code)}b")


def test_line_feeds_and_other_scripts_are_no_control_characters() -> None:
    assert name_control_character("a\nb é 東京 🚀 זה \u200d") == ""
