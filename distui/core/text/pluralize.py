"""Numbers with their nouns."""

from __future__ import annotations


def pluralize(number: int, noun: str, plural: str = "") -> str:
    """The number and the noun in its form: ``1 copy``, ``1,536 accounts``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
