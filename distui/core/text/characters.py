"""Characters that a person cannot see, or takes for others, and how a text with them is shown."""

from __future__ import annotations

import re
import unicodedata

_EXAMPLE = 60
# U+0000 to U+001F but line feed, U+007F to U+009F, the marks that turn the writing's direction, and
# halves of characters.
_UNWANTED = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def quoted(text: str) -> str:
    """The text between quotation marks, shortened, with what cannot be seen made visible."""
    return f"“{escape_invisible(text[:_EXAMPLE])}{'…' if len(text) > _EXAMPLE else ''}”"


def escape_invisible(text: str) -> str:
    """The text with the code points of the characters in it that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(c):04X}⟩" if _is_hidden(c) else c for c in text)


def describe_odd_character(text: str) -> str:
    """What no id has, in words: space around it, a hidden character or one that is not ASCII."""
    strange = next((c for c in text if not c.isascii() or _is_hidden(c)), "")
    if strange:
        return f"holds {_named(strange)}"
    return "has a space around it" if text != text.strip(" ") else ""


def strip_invisible(text: str) -> str:
    """The text without hidden characters and without spaces around it."""
    return "".join(c for c in text if not _is_hidden(c)).strip(" ")


def name_control_character(text: str) -> str:
    """The first control or writing-direction character but the line feed, named; ``""`` if none."""
    found = _UNWANTED.search(text)
    return _named(found[0]) if found else ""


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character)[0] in "CZ" and character != " "


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "no printable character").lower()
    return f"{code} ({name})" if _is_hidden(character) else f"“{character}”, {code} ({name})"
