"""The mistakes of a text that is almost JSON, all at once."""

from __future__ import annotations

import json

from distui.core.document.parse_error import SyntaxProblem

_MAX_SLIPS = 20  # each costs a pass over the text
_MAX_LENGTH = 200_000  # characters; of a longer text only the first problem is looked for
_SPACE = " \t\r\n"
_INNER = {"]": "}", "}": "]"}  # what is still open where the other one closes


def find_syntax_problems(text: str) -> list[SyntaxProblem]:
    """Return the mistakes of a text that ``json.loads`` refuses, in their order.

    A comma too many or missing is put right, to read on behind it; anything else is the last one.
    """
    problems: list[SyntaxProblem] = []
    rest = text
    for _ in range(_MAX_SLIPS if len(text) <= _MAX_LENGTH else 1):
        try:
            json.loads(rest)
        except json.JSONDecodeError as error:
            problem, repaired = _problem(rest, error)
            problems.append(problem)
            if repaired is None:
                break
            rest = repaired
        else:
            break
    return problems


def _problem(text: str, error: json.JSONDecodeError) -> tuple[SyntaxProblem, str | None]:
    """Return the problem, and the text of the same length without it; None if that isn't known."""
    end = len(text[: error.pos].rstrip(_SPACE))
    if error.msg.startswith("Expecting ',' delimiter") and error.pos < len(text):
        if (wrong := text[error.pos]) in _INNER:
            return SyntaxProblem.at(f"missing {_INNER[wrong]}", text, error.pos), None
        has_space = end < error.pos
        repaired = f"{text[:end]},{text[end + 1 :]}" if has_space else None
        return SyntaxProblem.at("missing comma", text, end), repaired
    comma = end - 1 if text[end - 1 : end] == "," else error.pos
    behind = text[comma + 1 :].lstrip(_SPACE)[:1]
    if text[comma : comma + 1] == "," and behind in ("}", "]"):
        return SyntaxProblem.at(
            "trailing comma", text, comma
        ), f"{text[:comma]} {text[comma + 1 :]}"
    return SyntaxProblem.at(error.msg.lower(), text, error.pos), None
