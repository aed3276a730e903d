"""Characters that are invisible or look like others, and how messages show them."""

from __future__ import annotations

import re
import unicodedata

_MAX_QUOTED = 256  # longer than any ARN in a distribution
# Control characters except the line feed, bidirectional formatting characters, lone surrogates.
_FORBIDDEN = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_UNNAMED = {"Cc": "control character", "Cs": "lone surrogate", "Co": "private use"}


def quoted(text: str) -> str:
    """Return the text in quotation marks, with invisible characters escaped.

    The middle of a text that is longer than any ARN is cut.
    """
    if len(text) <= _MAX_QUOTED:
        return f"“{escape_invisible(text)}”"
    half = _MAX_QUOTED // 2
    return f"“{escape_invisible(text[:half])}…{escape_invisible(text[-half:])}”"


def escape_invisible(text: str) -> str:
    """Replace each invisible character with its code point: ``⟨U+200B⟩``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(c):04X}⟩" if _is_invisible(c) else c for c in text)


def describe_odd_character(text: str) -> str:
    """Describe the first character that no ID contains, as a predicate; ``""`` if there is none.

    Those are invisible characters, characters outside ASCII and spaces around the text.
    """
    if text.isascii() and text.isprintable() and text == text.strip(" "):
        return ""
    odd = next((c for c in text if not c.isascii() or _is_invisible(c)), "")
    if odd:
        return f"contains {_name(odd)}"
    return "starts or ends with a space" if text != text.strip(" ") else ""


def strip_invisible(text: str) -> str:
    """Remove invisible characters, and spaces at both ends."""
    if text.isascii() and text.isprintable():
        return text.strip(" ")
    return "".join(c for c in text if not _is_invisible(c)).strip(" ")


def name_control_character(text: str) -> str:
    """Name the first control or bidirectional formatting character; ``""`` if there is none.

    Line feeds are allowed.
    """
    found = _FORBIDDEN.search(text)
    return _name(found[0]) if found else ""


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character)[0] in "CZ" and character != " "


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    unnamed = _UNNAMED.get(unicodedata.category(character), "unassigned")
    name = unicodedata.name(character, unnamed).lower()
    return f"{code} ({name})" if _is_invisible(character) else f"“{character}”, {code} ({name})"
