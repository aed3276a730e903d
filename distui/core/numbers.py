"""Numbers as they arrive in requests, addresses, pointers and the environment."""

from __future__ import annotations


def parse_number(text: str | None, max_digits: int = 18) -> int | None:
    """Return the number that is written in plain ASCII digits, else None.

    ``int`` alone accepts signs, spaces, underscores and digits of other scripts, and it refuses
    numbers of thousands of digits with an error. 18 digits fit a database's 64-bit integers.
    """
    if text and text.isascii() and text.isdigit() and len(text) <= max_digits:
        return int(text)
    return None
