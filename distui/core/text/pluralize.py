"""Counts with their nouns."""

from __future__ import annotations


def pluralize(number: int, noun: str, plural: str = "") -> str:
    """Return the number with the noun's singular or plural: ``1 copy``, ``1,536 accounts``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
